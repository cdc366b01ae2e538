import { randomUUID } from 'node:crypto';
import type { Heartbeat, ServedWorkflow } from '../../packages/client/src/report/heartbeat.schema.js';
import type { KeyHolder } from './key.builder.js';
import type { World } from './world.js';

export type ItemAnswer = {
  workflow: string;
  incarnation: number;
  epoch: number;
  error?: { code: string };
};

let count = 0;

export const allLevers: Heartbeat['levers'] = [
  ...(['disable', 'fallback', 'disableTool', 'revertRelease', 'revertPrompt', 'pinModel'] as const),
];

/** A running application that says whatever a test wants it to say. */
export class Reporter {
  readonly startedAt = new Date().toISOString();
  version = { incarnation: 1, epoch: 0 };
  serves: ServedWorkflow['serves'] = [];
  levers = allLevers;
  state: ServedWorkflow['state'] = 'live';

  constructor(
    readonly world: World,
    readonly key: KeyHolder,
    /** team.workflow */
    readonly workflow: string,
    readonly instanceId = `instance-${String((count += 1))}-of-test`,
  ) {}

  body(over: Partial<Heartbeat> = {}, item: Partial<ServedWorkflow> = {}): Heartbeat {
    const { instanceId, startedAt, levers, version, serves, workflow, state } = this;
    return {
      ...{
        instanceId,
        application: 'support-desk',
        sdk: 'test/1',
        startedAt,
        sentAt: new Date().toISOString(),
      },
      ...{ levers, forcedFallback: false, stopping: false },
      workflows: [{ workflow, ...version, state, serves, counts: [], ...item }],
      ...over,
    };
  }

  async send(body: unknown): Promise<{ status: number; body: { workflows: ItemAnswer[]; error?: unknown } }> {
    const response = await this.world.fetch('/v1/heartbeats', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      as: this.key,
    });
    return { status: response.status, body: (await response.json()) as { workflows: ItemAnswer[] } };
  }

  /** A heartbeat that must be accepted, and is in the database when this returns. */
  async beat(over: Partial<Heartbeat> = {}, item: Partial<ServedWorkflow> = {}): Promise<ItemAnswer> {
    const { status, body } = await this.send(this.body(over, item));
    if (status !== 200) throw new Error(JSON.stringify(body));
    await writeOut(this.world);
    return body.workflows[0]!;
  }
}

/** Writes what was heard, without waiting for the quarter of a second. */
export async function writeOut(world: World): Promise<void> {
  const { ObservationWriter } =
    await import('../../apps/api/src/modules/telemetry/observation-writer.service.js');
  await world.app.get(ObservationWriter, { strict: false }).flush();
}

/** A rollback as the database holds it, for tests of what it comes to; the version grows with it. */
export async function recordRollback(
  world: World,
  workflowId: string,
  over: { kind?: 'rollback' | 'drill'; levers?: readonly string[]; agoMs?: number } = {},
): Promise<{ id: string; incarnation: number; epoch: number }> {
  const { kind = 'rollback', levers = ['disable'], agoMs = 0 } = over;
  const { incarnation, epoch } = await world.db.workflow.update({
    where: { id: workflowId },
    data: { epoch: { increment: 1 } },
  });
  const id = randomUUID();
  const at = new Date(Date.now() - agoMs);
  const isDrill = kind === 'drill';
  await world.db.rollback.create({
    data: {
      ...{ id, workflowId, number: (await world.db.rollback.count({ where: { workflowId } })) + 1, kind },
      ...{
        incidentId: isDrill ? null : randomUUID(),
        scope: 'workflow',
        stageKeys: ['internal'],
        segment: [],
      },
      ...{
        levers: levers.map((lever) => ({ kind: lever })),
        leftReleaseIds: [],
        triggeredById: randomUUID(),
      },
      ...{ triggeredBy: 'user', responsibleIds: [], askedAt: new Date(at.getTime() - 20), appliedAt: at },
      ...{ incarnation, epoch, reviewDueAt: isDrill ? null : at, ledgerEntryId: randomUUID() },
    },
  });
  return { id, incarnation, epoch };
}
