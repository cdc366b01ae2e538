import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import { InstanceReads } from '../telemetry/instance.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LeverInput } from './lever.schema.js';
import { notRolledBack, overruledStages, silentOnes, stageChange, type NotRolled } from './preview.domain.js';
import { previewWarnings, type Warning } from './preview-warnings.domain.js';
import type { RollbackPreview } from './preview.types.js';
import { promptChanges } from './prompt-change.domain.js';
import { recommend, suspects, type Recommendation } from './recommendation.domain.js';
import { planRollback, type AskedRollback, type RollbackPlan } from './rollback.domain.js';
import { rollbackPreview } from './rollback.schema.js';
import { leverOf } from './rollback.reads.js';
import { concernedStages, newestChange, servingIn } from './scope.domain.js';
import { replacementOf } from './standing-after.domain.js';
import { storedLever } from './stored-lever.domain.js';
import type { Standing, StandingRelease, StandingStage } from './standing.domain.js';
import { StandingFactsReads } from './standing-facts.reads.js';
import { lastGood, targetsOf, type Left } from './targets.domain.js';
import { sharedBy, trafficShares } from './traffic.domain.js';

type Decided = Omit<RollbackPreview, 'instances' | 'recommendation' | 'targets'>;

/** What a rollback would do. Decided by the same pure rule as the act; a constant number of statements. */
@Injectable()
export class PreviewReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
    private readonly facts: StandingFactsReads,
    private readonly readiness: ReadinessReads,
    private readonly instances: InstanceReads,
    private readonly clock: DoorClock,
  ) {}

  /** @throws Refusal for wrong input and an unknown workflow; what forbids the rollback itself is among the blockers. */
  async of(loaders: Loaders, actor: Actor, raw: unknown): Promise<RollbackPreview> {
    const input = parse(rollbackPreview, raw);
    const workflow = await this.workflows.load(loaders, actor, input.workflowId);
    if (!workflow) throw new Refusal('NOT_FOUND', 'There is no such workflow', ['input', 'workflowId']);
    const now = this.clock.now();
    const named = [...(input.levers ?? []).map((lever) => lever.releaseId), input.leaveReleaseId];
    const targetIds = named.filter((id) => id != null && isUuid(id)) as string[];
    const [standing, [counts]] = await Promise.all([
      this.facts.of(this.database.client, workflow.id, now, targetIds),
      this.instances.counts([workflow.id]),
    ]);
    if (!standing) throw new Error(`Workflow ${workflow.id} does not stand anywhere`);
    const recommendation = recommend(standing, now);
    const place = {
      ...{ kind: 'rollback' as const, scope: input.scope, stageKeys: input.stageKeys ?? null },
      ...{ segment: input.segment ?? [], leaveReleaseId: input.leaveReleaseId ?? null },
    };
    const levers = input.levers ?? recommendedLevers(recommendation);
    const { stages, left } = concerned(standing, { ...place, levers });
    const asked = { ...place, levers: targeted(standing, left, levers) };
    const planned = planRollback(standing, asked);
    const targets = targetsOf(standing, stages, left).flatMap(({ releaseId, whyNot }) => {
      const release = standing.releases.get(releaseId);
      return release ? [targetView(release, whyNot)] : [];
    });
    const base = { instances: counts && counts.total > 0 ? counts.total : null, recommendation, targets };
    if ('objections' in planned) return { ...base, ...refusedPreview(standing, asked, planned.objections) };
    const { plan } = planned;
    const reported = await this.reported(plan, now, counts?.silent ?? 0);
    return { ...base, ...shown(standing, plan, reported) };
  }

  /** What only the evidence and the instances can tell. */
  private async reported(
    plan: RollbackPlan,
    now: Date,
    silent: number,
  ): Promise<{ warnings: Warning[]; notRolled: NotRolled[]; workflowId: string }> {
    const [left] = plan.left;
    const target = plan.replacement && 'release' in plan.replacement ? plan.replacement.release : null;
    const workflowId = plan.workflowId;
    const [unhonoured, aged] = await Promise.all([
      this.instances.notHonouring(workflowId, [...new Set(plan.asked.levers.map(({ kind }) => kind))]),
      left && target
        ? this.readiness.forSubjects(
            this.database.client,
            [{ workflowId, releaseId: target.id, stageKey: left.stage.key }],
            now,
          )
        : [],
    ]);
    const stale = aged.flatMap(({ gates }) =>
      gates.flatMap((gate) => gate.checks.filter((check) => check.requiredHere && check.status === 'stale')),
    );
    return {
      workflowId,
      warnings:
        stale.length > 0 && target
          ? [
              {
                code: 'EVIDENCE_AGED',
                message: `Evidence of ${target.alias} has aged: ${stale.map(({ id }) => id).join(', ')}. It is judged on its promotion all the same`,
              },
            ]
          : [],
      notRolled: [
        ...silentOnes(silent),
        ...unhonoured.map(({ instanceId, application }) => ({
          what: `${application || 'An application'} (${instanceId})`,
          why: 'It says that it does not honour every one of these levers',
        })),
      ],
    };
  }
}

const recommendedLevers = (recommendation: Recommendation | null): LeverInput[] =>
  recommendation
    ? [{ kind: recommendation.kind, to: recommendation.to, releaseId: recommendation.targetReleaseId }]
    : [{ kind: 'disable' }];

const targetView = ({ id, number, alias, digest }: StandingRelease, whyNot: string | null) => ({
  ...{ id, number, alias, digest, whyNot },
});

/** The stages concerned and what each serves; where that cannot be said, what is suspected. */
function concerned(standing: Standing, asked: AskedRollback): { stages: StandingStage[]; left: Left[] } {
  const found = concernedStages(standing, asked, asked.levers);
  if (!('code' in found))
    return { stages: found.stages, left: servingIn(standing, found.stages, asked.segment) };
  const left = suspects(standing);
  return { stages: left.map(({ stage }) => stage), left };
}

/** A lever that names no target gets the last good one of the stages concerned: here, and never when it is pulled. */
function targeted(standing: Standing, left: readonly Left[], levers: readonly LeverInput[]): LeverInput[] {
  const good = lastGood(standing, left)?.releaseId ?? null;
  return levers.map((lever) =>
    lever.kind === 'revertRelease' && lever.releaseId == null ? { ...lever, releaseId: good } : lever,
  );
}

const refusedPreview = (
  standing: Standing,
  asked: AskedRollback,
  objections: readonly { code: string; message: string; field?: string }[],
): Decided => ({
  ...{ stages: [], prompts: [], shareOfTraffic: null, notRolledBack: [], warnings: [] },
  levers: asked.levers.map((lever) => leverOf(storedLever(lever, null))),
  leavesReleaseId: asked.leaveReleaseId ?? newestChange(standing, asked.segment)?.releaseId ?? null,
  ...{ targetReleaseId: null, targetDigest: null },
  blockers: objections.map(({ code, message, field }) => ({
    ...{ code, message, field: field === undefined ? null : ['input', ...field.split('.')] },
  })),
});

function shown(
  standing: Standing,
  plan: RollbackPlan,
  { warnings, notRolled }: { warnings: Warning[]; notRolled: NotRolled[] },
): Decided {
  const shares = trafficShares(standing.stages);
  const target = replacementOf(plan, standing);
  const served = target && { id: target.id ?? '', digest: target.digest };
  const overruled = overruledStages(standing, plan).map(({ stage }) => stage);
  const changing = plan.stages.filter((stage) => !overruled.includes(stage));
  const share = sharedBy(
    shares,
    changing.map(({ key }) => key),
  );
  return {
    stages: plan.stages.map((stage) => ({
      ...stageChange(standing, plan, stage),
      trafficShare: shares.get(stage.key) ?? null,
    })),
    levers: plan.asked.levers.map((lever) =>
      leverOf(storedLever(lever, served && lever.kind === 'revertRelease' ? served : null, served?.digest)),
    ),
    prompts: promptChanges(standing, plan),
    shareOfTraffic: plan.asked.segment.length > 0 ? null : share,
    notRolledBack: [...notRolledBack(standing, plan), ...notRolled],
    warnings: [...previewWarnings(standing, plan), ...warnings],
    leavesReleaseId: plan.left[0]?.releaseId ?? plan.leftReleaseIds[0] ?? null,
    ...{ targetReleaseId: target?.id ?? null, targetDigest: target?.digest ?? null },
    blockers: [],
  };
}
