import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { overdueObjection, type UnreviewedUse } from '../break-glass/break-glass.domain.js';
import { isComplete, type Readiness } from '../readiness/readiness-result.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import type { OwedDebt } from '../stage/adoption.reads.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { WideningReads } from '../stage/widening.reads.js';
import { executionObjections, type ExecutionFacts } from './execution.domain.js';
import type { Objection } from './objection.domain.js';
import type { Promotion, PromotionMove } from './promotion.types.js';

/** What the workflow owes from before, read before the lock is taken. */
export interface Owed {
  readonly debts: readonly OwedDebt[];
  /** Break-glass promotions that nobody has reviewed yet. */
  readonly unreviewed: readonly UnreviewedUse[];
}

export interface Judged {
  readiness: Readiness;
  /** What forbids the move besides incomplete gates. */
  objections: Objection[];
}

/** Judges a move under the lock: its gates, and what else forbids it. Decides nothing itself; the rules are pure. */
@Injectable()
export class ExecutionJudge {
  constructor(
    private readonly readiness: ReadinessReads,
    private readonly widenings: WideningReads,
  ) {}

  async judge(
    act: Act,
    promotion: Promotion,
    move: PromotionMove,
    stages: readonly StageFacts[],
    { debts, unreviewed }: Owed,
  ): Promise<Judged> {
    const { id: promotionId, workflowId, releaseId } = promotion;
    const owing = reachesNew(promotion, move, stages)
      ? debts.filter((debt) => stillAdopted(stages, debt))
      : [];
    const owingStages = [...new Set(owing.map((debt) => debt.stageKey))];
    const adopted = owing[0]?.releaseId ?? releaseId;
    const subjects = [
      { workflowId, releaseId, stageKey: move.stageKey, promotionId },
      ...owingStages.map((stageKey) => ({ workflowId, releaseId: adopted, stageKey })),
    ];
    const [readiness, ...ofDebts] = await this.readiness.forSubjects(act.tx, subjects, act.now);
    if (!readiness) throw new Error(`Promotion ${promotionId} has no readiness to judge`);
    const objections = executionObjections({
      order: orderOf(readiness),
      approval: approvalOf(readiness),
      reviews: promotion.reviews,
      overdue: overdueObjection(
        unreviewed,
        { kind: promotion.kind, intoEmptyStage: isEmpty(stages, move.stageKey) },
        act.now,
      ),
      widening: promotion.kind === 'widen' ? await this.widening(act, move) : null,
      openDebts: owing.filter(({ stageKey, checkId }) =>
        owes(ofDebts[owingStages.indexOf(stageKey)], checkId),
      ),
    });
    return { readiness, objections };
  }

  private async widening(
    act: Act,
    { stageKey, stageRevisionId }: PromotionMove,
  ): Promise<ExecutionFacts['widening']> {
    const found = await this.widenings.of(act.tx, act.workflow.id, stageKey, stageRevisionId);
    return { waits: found !== null, approved: found?.approved ?? false };
  }
}

/** Whether entering reaches people whom nothing serves yet. */
const reachesNew = ({ kind }: Promotion, { stageKey }: PromotionMove, stages: readonly StageFacts[]) =>
  kind === 'widen' || isEmpty(stages, stageKey);

const isEmpty = (stages: readonly StageFacts[], stageKey: string) =>
  stages.some((stage) => stage.key === stageKey && stage.occupantId === null);

const stillAdopted = (stages: readonly StageFacts[], debt: OwedDebt) =>
  stages.some((stage) => stage.key === debt.stageKey && stage.occupantId === debt.releaseId);

const orderOf = ({ order }: Readiness): ExecutionFacts['order'] =>
  order.ok
    ? null
    : { code: (order.code ?? 'OUT_OF_ORDER') as Objection['code'], message: order.message ?? '' };

const checksOf = (readiness: Readiness) => readiness.gates.flatMap((gate) => gate.checks);

/** RO-5 is judged whether the stage asks it or not. */
function approvalOf(readiness: Readiness): ExecutionFacts['approval'] {
  const check = checksOf(readiness).find(({ id }) => id === 'RO-5');
  return check ? { passes: check.status === 'pass', asked: check.requiredHere } : null;
}

/** Soak is owed nowhere: it is judged of the stage before, when the next one is entered. */
const owes = (readiness: Readiness | undefined, checkId: string) =>
  readiness !== undefined &&
  checksOf(readiness).some(
    ({ id, about, status }) => id === checkId && about !== 'soak' && !isComplete(status),
  );
