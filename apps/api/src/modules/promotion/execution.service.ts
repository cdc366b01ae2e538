import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal, type RefusalError } from '../../platform/refusal/refusal.js';
import { canonicalReadiness } from '../readiness/canonical-readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { AdoptionReads } from '../stage/adoption.reads.js';
import { StageEntryService } from '../stage/stage-entry.service.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { ExecutionJudge, type Judged, type Prepared } from './execution-judge.service.js';
import { nextOpenMove } from './promotion.domain.js';
import { promotionExecute } from './promotion.schema.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { PromotionWrites } from './promotion-writes.js';
import { ReadinessRecordReads } from './readiness-record.reads.js';
import { approvalStale } from './review.domain.js';
import { baselineFor, ReviewGroundsReads, type ReviewGrounds } from './review-grounds.reads.js';

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

/** How often an execution is judged anew because what is live changed between reading and locking. */
const attempts = 3;
const unknown = () => new Refusal('NOT_FOUND', 'There is no such promotion', ['input', 'promotionId']);

/** The one way through the gates: judged and moved in one transaction, under the workflow's lock. */
@Injectable()
export class ExecutionService {
  constructor(
    private readonly door: Door,
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
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const grounds = await this.grounds.of(input.promotionId, input.expectedDigest);
      if (!grounds) throw unknown();
      const prepared = { ...grounds, debts: await this.adoptions.owed(grounds.promotion.workflowId) };
      const outcome = await this.attempt(actor, requestId, input, prepared);
      if (outcome) return outcome;
    }
    throw new Refusal('CONFLICT', 'What is live keeps changing; try again');
  }

  /** Null: what was read before the lock no longer holds. */
  private async attempt(
    actor: Actor,
    requestId: string,
    input: ReturnType<typeof promotionExecute.parse>,
    prepared: Prepared,
  ): Promise<Execution | null> {
    const seen: { outdated: boolean; judged: Judged | null } = { outdated: false, judged: null };
    const { promotionId } = input;
    const committed = await this.door.act<Committed>(
      {
        ...{ actor, requestId, mutation: 'promotionExecute', input, idempotencyKey: input.idempotencyKey },
        ...{ scope: { workflowId: prepared.promotion.workflowId }, permission: 'promotion.execute' },
      },
      async (act) => {
        const nothing = { promotionId, readinessRecordId: null };
        const promotion = await this.writes.locked(act, promotionId);
        if (!promotion) throw unknown();
        const move = mustBeOpen(promotion);
        if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
        const stages = await this.stages.of(act.tx, act.workflow.id);
        seen.outdated =
          promotion.releaseId !== prepared.promotion.releaseId ||
          baselineFor(promotion, stages) !== prepared.baselineId;
        if (seen.outdated) return act.withoutEffect(nothing);
        mustBeShown(promotion, input.expectedDigest, prepared);
        const judged = await this.judge.judge(act, promotion, move, stages, prepared);
        seen.judged = judged;
        if (!judged.readiness.complete || judged.objections.length > 0) return act.withoutEffect(nothing);
        return {
          promotionId,
          readinessRecordId: await this.move(act, promotion, move, stages, judged.readiness),
        };
      },
    );
    if (seen.outdated) return null;
    const { readiness = await this.records.byId(committed.readinessRecordId), objections = [] } =
      seen.judged ?? {};
    const userErrors = objections.map(({ code, message, field }) => ({
      ...{ code, message, field: field === undefined ? null : ['input', field] },
    }));
    return { ...committed, readiness, userErrors };
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
        ...{ readinessRecordId, readinessDigest: digest, moveId: move.id },
      },
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

function mustBeShown({ digest }: Promotion, shown: string, { staleFields }: ReviewGrounds): void {
  if (shown === digest) return;
  const { code, message } = approvalStale(staleFields(shown));
  throw new Refusal(code, message, ['input', 'expectedDigest']);
}
