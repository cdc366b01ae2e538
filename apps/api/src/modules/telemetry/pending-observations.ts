import {
  replaces,
  type AcknowledgementReport,
  type CountReport,
  type InstanceReport,
} from './observation.domain.js';

export interface ObservationBatch {
  reports: InstanceReport[];
  acknowledgements: AcknowledgementReport[];
  counts: CountReport[];
}

/** What was heard and is not yet written: the newest report of each instance, and sums. Memory grows with instances only. */
export class PendingObservations {
  private reports = new Map<string, InstanceReport>();
  private acknowledgements = new Map<string, AcknowledgementReport>();
  private counts = new Map<string, CountReport>();

  get isEmpty(): boolean {
    return this.reports.size === 0 && this.counts.size === 0 && this.acknowledgements.size === 0;
  }

  report(next: InstanceReport): void {
    const key = `${next.workflowId} ${next.instanceId}`;
    const known = this.reports.get(key);
    // Another environment's instance of the same name is left for the database to tell apart.
    if (known?.environment !== next.environment || replaces(next, known)) this.reports.set(key, next);
  }

  acknowledge(next: AcknowledgementReport): void {
    const { workflowId, instanceId, incarnation, epoch } = next;
    const key = `${workflowId} ${String(incarnation)}.${String(epoch)} ${instanceId}`;
    const known = this.acknowledgements.get(key);
    if (!known || next.receivedAt < known.receivedAt) this.acknowledgements.set(key, next);
  }

  count(next: CountReport): void {
    const key = `${next.workflowId} ${next.source} ${next.served} ${next.stageKey}`;
    const known = this.counts.get(key);
    if (known) known.requests += next.requests;
    else this.counts.set(key, { ...next });
  }

  take(): ObservationBatch {
    const batch = {
      reports: [...this.reports.values()],
      acknowledgements: [...this.acknowledgements.values()],
      counts: [...this.counts.values()],
    };
    this.reports = new Map();
    this.acknowledgements = new Map();
    this.counts = new Map();
    return batch;
  }

  /** A batch that could not be written goes with the next; what has been heard since stands above it. */
  putBack({ reports, acknowledgements, counts }: ObservationBatch): void {
    const since = this.take();
    for (const one of [...reports, ...since.reports]) this.report(one);
    for (const one of [...acknowledgements, ...since.acknowledgements]) this.acknowledge(one);
    for (const one of [...counts, ...since.counts]) this.count(one);
  }
}
