import { heartbeatLimits, type ServedWorkflow } from '../report/heartbeat.schema.js';

type Count = ServedWorkflow['counts'][number];

/** Of one workflow; more kinds than a stage and a release each is a mistake that must not cost memory. */
const mostKinds = 1000;

/** How many requests of a workflow got what, until the registry has been told. */
export class RequestCounts {
  private readonly counts = new Map<string, Count>();

  add(stage: string | null, served: Count['served']): void {
    const kind = `${stage ?? ''}\n${served}`;
    const count = this.counts.get(kind);
    if (count) count.requests += 1;
    else if (this.counts.size < mostKinds) this.counts.set(kind, { stage, served, requests: 1 });
  }

  /** What one report can carry. */
  list(): Count[] {
    return [...this.counts.values()].slice(0, heartbeatLimits.counts).map((count) => ({ ...count }));
  }

  /** The registry has these. */
  told(counts: readonly Count[]): void {
    for (const { stage, served, requests } of counts) {
      const kind = `${stage ?? ''}\n${served}`;
      const count = this.counts.get(kind);
      if (!count) continue;
      count.requests -= requests;
      if (count.requests <= 0) this.counts.delete(kind);
    }
  }
}
