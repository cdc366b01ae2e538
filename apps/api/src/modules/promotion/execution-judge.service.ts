import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import type { OwedDebt } from '../stage/adoption.reads.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { executionObjections } from './execution.domain.js';
import type { Objection } from './promotion.domain.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { reviewPolicy, tallyReviews } from './review.domain.js';
import type { ReviewGrounds } from './review-grounds.reads.js';

export interface Judged {
  readiness: Readiness;
  /** What forbids the move besides incomplete gates. */
  objections: Objection[];
}

/** What was read before the lock: immutable, but only as good as the release and the baseline it is of. */
export type Prepared = ReviewGrounds & { readonly debts: readonly OwedDebt[] };

/** Judges a move under the lock: its gates, and what else forbids it. Decides nothing itself; the rules are pure. */
@Injectable()
export class ExecutionJudge {
  constructor(private readonly readiness: ReadinessReads) {}

  async judge(
    act: Act,
    promotion: Promotion,
    move: PromotionMove,
    stages: readonly StageFacts[],
    prepared: Prepared,
  ): Promise<Judged> {
    const { id: promotionId, workflowId, releaseId, digest, kind } = promotion;
    const target = stages.find((stage) => stage.key === move.stageKey);
    const reachesNew = kind === 'widen' || target?.occupantId === null;
    const owing = reachesNew ? prepared.debts.filter((debt) => stillAdopted(stages, debt)) : [];
    const owingStages = [...new Set(owing.map((debt) => debt.stageKey))];
    const [readiness, ...ofDebts] = await this.readiness.forSubjects(
      act.tx,
      [
        { workflowId, releaseId, stageKey: move.stageKey, promotionId },
        ...owingStages.map((stageKey) => ({
          workflowId,
          releaseId: owing[0]?.releaseId ?? releaseId,
          stageKey,
        })),
      ],
      act.now,
    );
    if (!readiness) throw new Error(`Promotion ${promotionId} has no readiness to judge`);
    const policy = reviewPolicy(readiness.tier, prepared.changes, prepared.baselineId !== null);
    const tally = tallyReviews(digest, promotion.reviews, policy, prepared.barred);
    const stale = tally.stale.flatMap((review) => prepared.staleFields(review.digest));
    const objections = executionObjections({
      ...{ state: promotion.state, digest, expectedDigest: digest, move, tally, widens: reachesNew },
      entry: {
        ...{ kind, releaseId, releaseNumber: prepared.releaseNumber, stageKey: move.stageKey, stages },
        ...{ lineage: prepared.lineage, at: act.now },
        numberOf: (id) => prepared.numbers.get(id) ?? null,
      },
      staleFields: [...new Set(stale)].sort(),
      approvalIsAsked: asksForApproval(readiness),
      openDebts: owing.filter(({ stageKey, checkId }) =>
        owes(ofDebts[owingStages.indexOf(stageKey)], checkId),
      ),
    });
    return { readiness, objections };
  }
}

const stillAdopted = (stages: readonly StageFacts[], debt: { stageKey: string; releaseId: string }) =>
  stages.some((stage) => stage.key === debt.stageKey && stage.occupantId === debt.releaseId);

const checksOf = (readiness: Readiness) => readiness.gates.flatMap((gate) => gate.checks);

/** RO-5 speaks for the approvals wherever the stage asks it. */
const asksForApproval = (readiness: Readiness) =>
  checksOf(readiness).some((check) => check.id === 'RO-5' && check.requiredHere);

/** Soak is owed nowhere: it is judged of the stage before, when the next one is entered. */
const owes = (readiness: Readiness | undefined, checkId: string) =>
  readiness !== undefined &&
  checksOf(readiness).some(
    ({ id, about, status }) =>
      id === checkId && about !== 'soak' && !['pass', 'waived', 'not_applicable'].includes(status),
  );
