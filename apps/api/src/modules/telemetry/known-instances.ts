/** What this process last heard of an instance, to tell what is new in its next report. */
export interface KnownInstance {
  startedAt: number;
  sentAt: number;
  incarnation: number;
  epoch: number;
  /** When it was first heard with this version; milliseconds of a clock that never jumps. */
  since: number;
  stopping: boolean;
  /** Of that report, by the same clock. */
  receivedAt: number;
}

/** Bounded: who was not heard of for longest is forgotten first, which costs a write that changes nothing. */
export class KnownInstances {
  private readonly known = new Map<string, KnownInstance>();

  constructor(private readonly most = 100_000) {}

  get(workflowId: string, instanceId: string): KnownInstance | undefined {
    return this.known.get(`${workflowId} ${instanceId}`);
  }

  set(workflowId: string, instanceId: string, instance: KnownInstance): void {
    const key = `${workflowId} ${instanceId}`;
    this.known.delete(key);
    this.known.set(key, instance);
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
  }
}
