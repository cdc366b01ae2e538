import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal, type RefusalError } from '../../platform/refusal/refusal.js';
import { canonicalReadiness } from '../readiness/canonical-readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { AdoptionReads, type OwedDebt } from '../stage/adoption.reads.js';
import { StageEntryService } from '../stage/stage-entry.service.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { namingStaleFields } from './execution.domain.js';
import { ExecutionJudge, type Judged } from './execution-judge.service.js';
import { nextOpenMove } from './promotion.domain.js';
import { promotionExecute } from './promotion.schema.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { PromotionReads } from './promotion.reads.js';
import { PromotionWrites } from './promotion-writes.js';
import { ReadinessRecordReads } from './readiness-record.reads.js';
import { approvalStale } from './review.domain.js';
import { ReviewGroundsReads } from './review-grounds.reads.js';

export interface Execution {
  promotionId: string;
  /** Of the readiness on which the move was made; null where nothing moved. */
  readinessRecordId: string | null;
  /** What stood in the way; complete where the move was made. */
  readiness: Readiness | null;
  /** What forbids the move besides incomplete gates. */
  userErrors: RefusalError[];
}

type Committed = { promotionId: string; readinessRecordId: string | null };

type Input = ReturnType<typeof promotionExecute.parse>;

interface Seen {
  judged: Judged | null;
  /** A pointer moved in this very millisecond, so that "just before now" is not what is live. */
  tooSoon: boolean;
  /** The promotion names another release than the one that was shown. */
  movedOn: boolean;
}

/** How often a move is judged anew because another was made in the same millisecond. */
const attempts = 3;
const unknown = () => new Refusal('NOT_FOUND', 'There is no such promotion', ['input', 'promotionId']);

/** The one way through the gates: judged and moved in one transaction, under the workflow's lock. */
@Injectable()
export class ExecutionService {
  constructor(
    private readonly door: Door,
    private readonly promotions: PromotionReads,
    private readonly grounds: ReviewGroundsReads,
    private readonly stages: StageFactsReads,
    private readonly entries: StageEntryService,
    private readonly adoptions: AdoptionReads,
    private readonly judge: ExecutionJudge,
    private readonly records: ReadinessRecordReads,
    private readonly writes: PromotionWrites,
  ) {}

  /** Makes the next move. Incomplete gates are returned as the readiness that forbids it, and nothing is written. */
  async execute(actor: Actor, requestId: string, raw: unknown): Promise<Execution> {
    const input = parse(promotionExecute, raw);
    const workflowId = await this.promotions.workflowOf(input.promotionId);
    if (workflowId === null) throw unknown();
    const debts = await this.adoptions.owed(workflowId);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const seen: Seen = { judged: null, tooSoon: false, movedOn: false };
      const spec = { actor, requestId, scope: { workflowId }, idempotencyKey: input.idempotencyKey };
      const committed = await this.door.act<Committed>(
        { ...spec, mutation: 'promotionExecute', input, permission: 'promotion.execute' },
        (act) => this.underLock(act, input, debts, seen),
      );
      if (!seen.tooSoon) return this.outcome(input, committed, seen);
    }
    throw new Refusal('CONFLICT', 'Another move was made at this moment; try again');
  }

  private async underLock(
    act: Act,
    input: Input,
    debts: readonly OwedDebt[],
    seen: Seen,
  ): Promise<Committed> {
    const { promotionId, expectedDigest } = input;
    const nothing = { promotionId, readinessRecordId: null };
    const promotion = await this.writes.locked(act, promotionId);
    if (!promotion) throw unknown();
    const move = mustBeOpen(promotion);
    if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
    seen.movedOn = promotion.digest !== expectedDigest;
    if (seen.movedOn) return act.withoutEffect(nothing);
    const stages = await this.stages.of(act.tx, act.workflow.id);
    seen.tooSoon = stages.some((stage) => stage.occupiedSince !== null && stage.occupiedSince >= act.now);
    if (seen.tooSoon) return act.withoutEffect(nothing);
    const judged = await this.judge.judge(act, promotion, move, stages, debts);
    seen.judged = judged;
    if (!judged.readiness.complete || judged.objections.length > 0) return act.withoutEffect(nothing);
    return {
      promotionId,
      readinessRecordId: await this.move(act, promotion, move, stages, judged.readiness),
    };
  }

  /** What became of it. Releases are compared only where a refusal has to name what differs. */
  private async outcome(input: Input, committed: Committed, { judged, movedOn }: Seen): Promise<Execution> {
    if (movedOn) {
      const grounds = await this.grounds.of(input.promotionId, input.expectedDigest);
      const { code, message } = approvalStale(grounds?.staleFields(input.expectedDigest) ?? []);
      throw new Refusal(code, message, ['input', 'expectedDigest']);
    }
    const objections = judged?.objections ?? [];
    const stale = objections.some((objection) => objection.code === 'APPROVAL_STALE');
    const fields = stale ? await this.staleFields(input) : [];
    const userErrors = objections
      .map((objection) => namingStaleFields(objection, fields))
      .map(({ code, message, field }) => ({
        code,
        message,
        field: field === undefined ? null : ['input', field],
      }));
    const readiness = judged?.readiness ?? (await this.records.byId(committed.readinessRecordId));
    return { ...committed, readiness, userErrors };
  }

  /** In which fields what was approved differs from what the promotion names now. */
  private async staleFields({ promotionId, expectedDigest }: Input): Promise<string[]> {
    const grounds = await this.grounds.of(promotionId, expectedDigest);
    if (!grounds) return [];
    const approvals = grounds.promotion.reviews.filter(
      (review) => review.verdict === 'approve' && !review.current,
    );
    return [...new Set(approvals.flatMap((review) => grounds.staleFields(review.digest)))].sort();
  }

  private async move(
    act: Act,
    promotion: Promotion,
    move: PromotionMove,
    stages: readonly StageFacts[],
    readiness: Readiness,
  ): Promise<string> {
    const { stageKey, stageRevisionId, releaseId, checklistVersion, evaluatedAt } = readiness;
    const { canonical, digest } = canonicalReadiness(readiness);
    const readinessRecordId = act.newId();
    await this.writes.execute(act, promotion, move, {
      ...{
        id: readinessRecordId,
        releaseId,
        stageKey,
        stageRevisionId,
        checklistVersion,
        evaluatedAt,
        canonical,
        digest,
      },
    });
    await this.entries.enter(act, {
      ...{
        stageKey,
        stageRevisionId,
        releaseId,
        origin: 'promotion',
        promotionId: promotion.id,
        readinessRecordId,
      },
    });
    const left = stages.find((stage) => stage.key === stageKey);
    act.record({
      act: 'promotion.executed',
      subjectKind: 'promotion',
      subjectId: promotion.id,
      subjectDigest: promotion.digest,
      data: {
        ...{
          kind: promotion.kind,
          stageKey,
          stageRevisionId,
          releaseId,
          leftReleaseId: left?.occupantId ?? null,
        },
        ...{ readinessRecordId, moveId: move.id },
      },
      readinessDigest: digest,
    });
    act.emit('promotion.executed', { promotionId: promotion.id, releaseId, stageKey });
    return readinessRecordId;
  }
}

function mustBeOpen(promotion: Promotion): PromotionMove {
  const move = nextOpenMove(promotion.moves);
  if (promotion.state === 'open' && move) return move;
  throw new Refusal('CONFLICT', `This promotion is ${promotion.state}; nothing is left to execute`);
}
