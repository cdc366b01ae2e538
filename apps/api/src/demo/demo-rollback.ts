import type { DemoServices } from './demo-services.js';
import { demoRequest, type DemoPeople } from './demo-team.js';
import type { DemoWorkflow } from './demo-workflow.js';

interface Came {
  expected: number;
  confirmed: number;
  slowestMs: number | null;
}

/** Rollbacks and drills of one workflow of the demo, and what people do about them afterwards. */
export class DemoRollback {
  private id = '';
  private incidentId = '';

  constructor(
    private readonly services: DemoServices,
    private readonly people: DemoPeople,
    private readonly workflow: DemoWorkflow,
  ) {}

  /** Back to the release before its latest one, wherever that serves. */
  async revert(reason: string, came: Came): Promise<void> {
    const { id, digest } = this.workflow.earlier;
    const levers = [{ kind: 'revertRelease', releaseId: id, digest }];
    await this.trigger({ levers, reason }, came);
  }

  /** @param input without workflow and key; within the incident of the rollback before, where there is one */
  async trigger(input: Record<string, unknown>, came: Came): Promise<void> {
    const idempotencyKey = `demo-${this.workflow.story.workflow.key}-${String(this.services.clock.now().getTime())}`;
    const incident = this.incidentId === '' ? {} : { incidentId: this.incidentId };
    const asked = { workflowId: this.workflow.workflowId, scope: 'stages', ...incident, ...input };
    const { rollbackId, incidentId } = await this.services.rollbacks.trigger(
      await this.people.as('oncall'),
      demoRequest,
      { ...asked, idempotencyKey },
      performance.now(),
    );
    this.id = rollbackId;
    this.incidentId = incidentId;
    await this.record(came);
  }

  get rollbackId(): string {
    return this.id;
  }

  async drill(stageKey: string, came: Came): Promise<void> {
    const input = {
      ...{ workflowId: this.workflow.workflowId, stageKeys: [stageKey], minutes: 10 },
      levers: [{ kind: 'fallback', to: 'people' }],
    };
    const oncall = await this.people.as('oncall');
    const { rollbackId } = await this.services.drills.start(oncall, demoRequest, input, performance.now());
    this.id = rollbackId;
    await this.record(came);
  }

  async monitor(note: string): Promise<void> {
    const input = { incidentId: this.incidentId, note };
    await this.services.incidents.monitor(await this.people.as('oncall'), demoRequest, input);
  }

  async review(comment: string): Promise<void> {
    const input = { rollbackId: this.id, verdict: 'justified', comment };
    await this.services.rollbackReviews.review(await this.people.as('reviewer'), demoRequest, input);
  }

  /** By a second person: what was left may come back, and what was held may move again. */
  async settle(note: string): Promise<void> {
    const [reviewer, where] = [await this.people.as('reviewer'), { rollbackId: this.id }];
    const { quarantine, hold } = this.services.database.client;
    for (const { id } of await quarantine.findMany({ where: { ...where, clearedAt: null } })) {
      const input = { quarantineId: id, reason: note };
      await this.services.quarantines.clear(reviewer, demoRequest, input);
    }
    for (const { id } of await hold.findMany({ where: { ...where, to: null } }))
      await this.services.holds.lift(reviewer, demoRequest, { holdId: id, note });
  }

  async resolve(note: string): Promise<void> {
    const input = { incidentId: this.incidentId, note };
    await this.services.incidents.resolve(await this.people.as('oncall'), demoRequest, input);
  }

  /** An observation, not an act: what instances that are gone since then reported on that day. */
  private async record({ expected, confirmed, slowestMs }: Came): Promise<void> {
    const applied = this.services.clock.now().getTime();
    const completedAt = slowestMs === null ? null : new Date(applied + slowestMs);
    await this.services.database.client.rollbackEffect.create({
      data: {
        rollbackId: this.id,
        expected,
        confirmed,
        slowestMs,
        completedAt,
        updatedAt: new Date(applied),
      },
    });
  }
}
