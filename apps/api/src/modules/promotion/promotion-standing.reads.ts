import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { overdueObjection } from '../break-glass/break-glass.domain.js';
import { BreakGlassReads } from '../break-glass/break-glass.reads.js';
import { byGravity, compareRuns, poolAggregates, type MetricComparison } from '../evals/evals.domain.js';
import { ReadinessReads, type FactsAndChecklist } from '../readiness/readiness.reads.js';
import type { ReleaseDiff } from '../release/diff.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { nextOpenMove } from './promotion.domain.js';
import type { Promotion } from './promotion.types.js';
import { ReleaseChangesReads } from './release-changes.reads.js';
import {
  barredFrom,
  reviewPolicy,
  rolesUnder,
  selfApproval,
  tallyReviews,
  type Barred,
  type ReviewPolicy,
  type ReviewTally,
} from './review.domain.js';
import { whyNotExecute, whyNotMove, whyNotReview } from './viewer.domain.js';

export interface Standing {
  readonly policy: ReviewPolicy;
  readonly tally: ReviewTally;
  readonly barred: Barred;
  readonly baselineId: string | null;
}

interface Asked {
  workflowId: string;
  releaseId: string;
  stageKey: string;
  promotionId: string;
  /** When it was closed; null: now. */
  at: Date | null;
}

/** The stage it is to enter next; of one that is closed, the last it named. */
export const stageAskedOf = (promotion: Promotion): string =>
  nextOpenMove(promotion.moves)?.stageKey ?? promotion.toStageKey;

const askedOf = (promotion: Promotion): Asked => ({
  workflowId: promotion.workflowId,
  releaseId: promotion.releaseId,
  stageKey: stageAskedOf(promotion),
  promotionId: promotion.id,
  at: promotion.closedAt,
});

/** How promotions stand: their reviews, and what a viewer may do with them. Batched over the request. */
@Injectable()
export class PromotionStandingReads {
  constructor(
    private readonly database: Database,
    private readonly readiness: ReadinessReads,
    private readonly changes: ReleaseChangesReads,
    private readonly workflows: WorkflowReads,
    private readonly breakGlass: BreakGlassReads,
    private readonly clock: DoorClock,
  ) {}

  async of(loaders: Loaders, promotion: Promotion): Promise<Standing> {
    const { facts } = await this.facts(loaders, promotion);
    const baselineId = promotion.state === 'open' ? (facts.baseline?.id ?? null) : promotion.baselineId;
    const changes = await this.changes.between(loaders, baselineId, promotion.releaseId);
    const policy = reviewPolicy(facts.tier, changes, baselineId !== null);
    const barred = barredFrom(facts.promotion?.authorIds ?? [], facts.release, promotion);
    return {
      policy,
      barred,
      baselineId,
      tally: tallyReviews(promotion.digest, promotion.reviews, policy, barred),
    };
  }

  /** Every field in which the release differs from what it is compared with. */
  async diff(loaders: Loaders, promotion: Promotion): Promise<ReleaseDiff> {
    const { baselineId } = await this.of(loaders, promotion);
    return this.changes.diff(loaders, baselineId, promotion.releaseId);
  }

  /** For the next open move; null for a promotion that is closed. */
  async readinessOf(loaders: Loaders, promotion: Promotion) {
    return promotion.state === 'open' ? this.readiness.load(loaders, askedOf(promotion)) : null;
  }

  /**
   * What would forbid its next move besides the checks, if it named this release. Null for a promotion that is closed, and
   * for a release of another workflow.
   */
  async orderWith(loaders: Loaders, promotion: Promotion, releaseId: string) {
    if (promotion.state !== 'open') return null;
    return (await this.readiness.load(loaders, { ...askedOf(promotion), releaseId }))?.order ?? null;
  }

  /** The release's gate metrics beside those of what is live, the gravest first. */
  async comparisons(loaders: Loaders, promotion: Promotion): Promise<MetricComparison[]> {
    const { facts } = await this.facts(loaders, promotion);
    const all = facts.suites
      .filter((suite) => !suite.redteamOnly)
      .flatMap(({ definition, runs, baseline }) => {
        const counted = runs.filter((run) => run.kind === 'regular' && run.status === 'completed');
        const candidate = counted.length > 0 ? poolAggregates(counted.map((run) => run.aggregates)) : null;
        return compareRuns(definition, candidate, baseline);
      });
    return all.sort(byGravity);
  }

  /** Why the viewer may not approve it; null where they may. */
  async cannotReview(loaders: Loaders, actor: Actor, promotion: Promotion): Promise<string | null> {
    const { teamId } = await this.workflows.must(loaders, promotion.workflowId);
    const { barred } = await this.of(loaders, promotion);
    return whyNotReview({
      state: promotion.state,
      permitted: can(actor, 'promotion.review', { teamId }),
      isPerson: actor.kind === 'user',
      ownWork: selfApproval(actor.id, barred)?.message ?? null,
    });
  }

  /** Why the viewer may not execute it now; null where they may. */
  async cannotExecute(loaders: Loaders, actor: Actor, promotion: Promotion): Promise<string | null> {
    const { teamId } = await this.workflows.must(loaders, promotion.workflowId);
    const readiness = await this.readinessOf(loaders, promotion);
    const { tally } = await this.of(loaders, promotion);
    return whyNotExecute({
      state: promotion.state,
      permitted: can(actor, 'promotion.execute', { teamId, workflowId: promotion.workflowId }),
      ...{ readiness, approved: tally.complete },
      overdue: await this.overdue(loaders, promotion),
    });
  }

  /** What forbids the next move whatever its gates say: order, an overdue review, missing approvals. Null: nothing. */
  async cannotMove(loaders: Loaders, promotion: Promotion): Promise<string | null> {
    const readiness = await this.readinessOf(loaders, promotion);
    if (!readiness) return 'Its readiness cannot be told';
    const { tally } = await this.of(loaders, promotion);
    const overdue = await this.overdue(loaders, promotion);
    return whyNotMove({ readiness, overdue }) ?? (tally.complete ? null : 'Waits for approvals');
  }

  private async overdue(loaders: Loaders, promotion: Promotion): Promise<string | null> {
    const unreviewed = await this.breakGlass.unreviewed(loaders, promotion.workflowId);
    if (unreviewed.length === 0) return null;
    const { facts } = await this.facts(loaders, promotion);
    const move = { kind: promotion.kind, intoEmptyStage: facts.stage.occupantId === null };
    return overdueObjection([...unreviewed].reverse(), move, this.clock.now())?.message ?? null;
  }

  /** Whether the viewer may point it at another release, or take it back. */
  async canChange(
    loaders: Loaders,
    actor: Actor,
    promotion: Promotion,
    how: 'retarget' | 'withdraw',
  ): Promise<boolean> {
    const { teamId } = await this.workflows.must(loaders, promotion.workflowId);
    if (
      promotion.state !== 'open' ||
      !can(actor, 'promotion.request', { teamId, workflowId: promotion.workflowId })
    )
      return false;
    return how === 'withdraw' || promotion.moves.every((move) => move.state !== 'executed');
  }

  /** Whether a review by the viewer would bring it on: it lacks one, and theirs would count. */
  async waitsFor(loaders: Loaders, actor: Actor, promotion: Promotion): Promise<boolean> {
    if ((await this.cannotReview(loaders, actor, promotion)) !== null) return false;
    const { tally } = await this.of(loaders, promotion);
    const { teamId } = await this.workflows.must(loaders, promotion.workflowId);
    const said = [...tally.approvals, ...tally.changesRequested].some(
      (review) => review.reviewerId === actor.id,
    );
    const roles = rolesUnder(actor, teamId);
    const lacking = tally.approvals.length < tally.requiredApprovals && roles.includes('reviewer');
    return !said && (lacking || tally.missingRoles.some((role) => roles.includes(role)));
  }

  private async facts(loaders: Loaders, promotion: Promotion): Promise<FactsAndChecklist> {
    const loader = loaders.once<Asked, FactsAndChecklist>('promotion.facts', (asked) =>
      this.readiness.factsOf(this.database.client, asked, null),
    );
    const found = await loader.load(askedOf(promotion));
    if (!found) throw new Error(`Promotion ${promotion.id} is of a stage that does not exist`);
    return found;
  }
}
