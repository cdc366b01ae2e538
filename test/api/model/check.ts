import { isDeepStrictEqual } from 'node:util';
import { SnapshotStore } from '../../../apps/api/src/modules/runtime/snapshot-store.service.js';
import type { Context } from '../../../packages/client/src/decide/audience.js';
import { decide, type Decision } from '../../../packages/client/src/decide/decide.js';
import { answerOf, type Answer } from './answer.js';
import { invariants } from './invariants.js';
import { leversOf } from './levers.js';
import { inForce, segmentOf, stageKeys, type Model } from './state.js';
import type { Subject } from './subject.js';

const contexts: Context[] = [
  {},
  { targetingKey: 'u-1' },
  { targetingKey: 'u-2', plan: 'free' },
  { targetingKey: 'u-3', plan: 'team', holdpoint_drill: 'true' },
  ...stageKeys.flatMap((stage) => [
    { stage },
    { stage, plan: 'free' },
    { stage, holdpoint_drill: 'true' },
    { stage, plan: 'free', holdpoint_drill: 'true' },
  ]),
];

/** What the database holds, in the model's words. */
async function held({ world, workflowId }: Subject) {
  const { db } = world;
  const [pointers, overlays, holds, quarantines, moves] = await Promise.all([
    db.occupancy.findMany({ where: { workflowId, to: null } }),
    db.overlay.findMany({ where: { workflowId, to: null } }),
    db.hold.findMany({ where: { workflowId, to: null } }),
    db.quarantine.findMany({ where: { workflowId, clearedAt: null } }),
    db.promotionMove.findMany({ where: { workflowId, state: 'open' } }),
  ]);
  return {
    pointers: pointers.map(({ stageKey, releaseId }) => `${stageKey} ${releaseId}`).sort(),
    overlays: overlays
      .flatMap(({ stageKey, segment, levers }) =>
        leversOf(levers).map((lever) => `${stageKey ?? 'nowhere'} [${segmentOf(segment)}] ${lever}`),
      )
      .sort(),
    holds: holds.map(({ stageKey, rollbackId }) => `${stageKey} ${rollbackId}`).sort(),
    quarantines: quarantines
      .map(({ stageKey, releaseId, rollbackId }) => `${stageKey} ${releaseId} ${rollbackId}`)
      .sort(),
    openMoves: moves.map(({ stageKey, promotionId }) => `${stageKey} ${promotionId}`).sort(),
  };
}

function meant(model: Model): Awaited<ReturnType<typeof held>> {
  return {
    pointers: stageKeys
      .flatMap((key) => (model.pointers[key] ? [`${key} ${model.pointers[key].release}`] : []))
      .sort(),
    overlays: model.lays
      .filter(({ until }) => until === null)
      .map(({ stage, segment, lever }) => `${stage ?? 'nowhere'} [${segment}] ${lever}`)
      .sort(),
    holds: model.holds.map(({ stage, rollback }) => `${stage} ${rollback}`).sort(),
    quarantines: model.quarantines
      .map(({ stage, release, rollback }) => `${stage} ${release} ${rollback}`)
      .sort(),
    openMoves: [...model.promotions.values()]
      .flatMap(({ id, moves }) =>
        moves.filter(({ state }) => state === 'open').map(({ stage }) => `${stage} ${id}`),
      )
      .sort(),
  };
}

const told = (decision: Decision): Answer => ({
  stage: decision.stage,
  outcome:
    decision.outcome === 'release'
      ? `release:${decision.releaseId}`
      : decision.outcome === 'fallback'
        ? `fallback:${decision.to}`
        : decision.outcome,
  toolOff: decision.outcome === 'release' && decision.disabledTools.includes('lookup'),
});

/** What the snapshot that is served answers otherwise than the model, in words. */
function otherwise(subject: Subject, model: Model): string[] {
  const snapshot = subject.world.app
    .get(SnapshotStore, { strict: false })
    .byWorkflow(subject.workflowId)?.snapshot;
  if (!snapshot) return ['Nothing is held of this workflow'];
  const now = subject.now();
  return contexts.flatMap((context) => {
    const answer = told(decide(snapshot, context, now));
    const mine = answerOf(model, snapshot.stages, subject.workflowId, context);
    if (isDeepStrictEqual(answer, mine)) return [];
    return [
      `${JSON.stringify(context)} gets ${JSON.stringify(answer)}, the model says ${JSON.stringify(mine)}`,
    ];
  });
}

/**
 * After every step: what is held is what one of the models says, what is served answers as it does, and the invariants
 * hold. Several models: acts at once, whose order nobody has told.
 */
export async function checkAfter(subject: Subject, models: readonly Model[]): Promise<void> {
  const is = await held(subject);
  const model = models.find((one) => isDeepStrictEqual(meant(one), is));
  const history = () => `\nThis is what happened:\n- ${subject.said.join('\n- ')}`;
  if (!model)
    throw new Error(
      `Held: ${JSON.stringify(is, null, 1)}\nThe model: ${JSON.stringify(meant(models[0]!), null, 1)}${history()}`,
    );
  model.lays = model.lays.filter((lay) => inForce(model, lay));
  subject.model = model;
  const found = [...otherwise(subject, model), ...(await broken(subject))];
  if (found.length > 0) throw new Error(`${found.join('\n')}${history()}`);
}

async function broken(subject: Subject): Promise<string[]> {
  const found: string[] = [];
  for (const [name, holds] of Object.entries(invariants))
    for (const problem of await holds(subject)) found.push(`${name}: ${problem}`);
  return found;
}
