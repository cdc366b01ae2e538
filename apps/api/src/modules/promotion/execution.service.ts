import { Injectable } from '@nestjs/common';
import type { Act, ActSpec } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal, type RefusalError } from '../../platform/refusal/refusal.js';
import { BreakGlassReads } from '../break-glass/break-glass.reads.js';
import { promotionBreakGlass } from '../break-glass/break-glass.schema.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { AdoptionReads } from '../stage/adoption.reads.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { namingStaleFields } from './execution.domain.js';
import { ExecutionJudge, type Judged, type Owed } from './execution-judge.service.js';
import { PassageService, type Exception } from './passage.service.js';
import type { Objection } from './objection.domain.js';
import { nextOpenMove } from './promotion.domain.js';
import { promotionExecute } from './promotion.schema.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { PromotionReads } from './promotion.reads.js';
import { PromotionWrites } from './promotion.writes.js';
import { ReadinessRecordReads } from './readiness-record.reads.js';
import { approvalStale } from './review.domain.js';
import { ReviewGroundsReads } from './review-grounds.reads.js';
import { StageMoveService } from './stage-move.service.js';

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

/** Who asks for which move, and by what right. */
interface Press {
  actor: Actor;
  requestId: string;
  how: Pick<ActSpec, 'mutation' | 'permission'>;
  input: Input;
  /** What a grant is to pass; null: the gates are to be complete. */
  exception: Exception | null;
}

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
    private readonly moves: StageMoveService,
    private readonly adoptions: AdoptionReads,
    private readonly breakGlass: BreakGlassReads,
    private readonly judge: ExecutionJudge,
    private readonly passages: PassageService,
    private readonly records: ReadinessRecordReads,
    private readonly writes: PromotionWrites,
  ) {}

  /** Makes the next move. Incomplete gates are returned as the readiness that forbids it, and nothing is written. */
  execute(actor: Actor, requestId: string, raw: unknown): Promise<Execution> {
    const input = parse(promotionExecute, raw);
    const how = { mutation: 'promotionExecute', permission: 'promotion.execute' } as const;
    return this.press({ actor, requestId, how, input, exception: null });
  }

  /** Makes it although exactly the named checks are incomplete: everything else is judged as for any other move. */
  executeBreakGlass(actor: Actor, requestId: string, raw: unknown): Promise<Execution> {
    const input = parse(promotionBreakGlass, raw);
    const how = { mutation: 'promotionBreakGlass', permission: 'breakGlass.use' } as const;
    return this.press({ actor, requestId, how, input, exception: input });
  }

  private async press(press: Press): Promise<Execution> {
    const { actor, requestId, how, input } = press;
    const workflowId = await this.promotions.workflowOf(input.promotionId);
    if (workflowId === null) throw unknown();
    const [debts, unreviewed] = await Promise.all([
      this.adoptions.owed(workflowId),
      this.breakGlass.unreviewedOf(workflowId),
    ]);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const seen: Seen = { judged: null, tooSoon: false, movedOn: false };
      const { idempotencyKey } = input;
      const spec = { actor, requestId, ...how, input, idempotencyKey: idempotencyKey ?? null };
      const committed = await this.door.act<Committed>({ ...spec, unknown, scope: { workflowId } }, (act) =>
        this.underLock(act, press, { debts, unreviewed }, seen),
      );
      if (!seen.tooSoon) return this.outcome(input, committed, seen);
    }
    throw new Refusal('CONFLICT', 'Another move was made at this moment; try again');
  }

  private async underLock(act: Act, press: Press, owed: Owed, seen: Seen): Promise<Committed> {
    const { promotionId, expectedDigest } = press.input;
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
    const judged = await this.judge.judge(act, promotion, move, stages, owed);
    const passage = press.exception && (await this.passages.judge(act, judged.readiness, press.exception));
    const held = passage === null ? [] : heldAnyway(promotion, move, stages);
    const objections = [...judged.objections, ...(passage?.objections ?? []), ...held];
    seen.judged = { ...judged, objections };
    const passes = passage !== null || judged.readiness.complete;
    if (!passes || objections.length > 0) return act.withoutEffect(nothing);
    const { readiness } = judged;
    const readinessRecordId = await this.moves.make(act, { promotion, move, stages, readiness, passage });
    return { promotionId, readinessRecordId };
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
}

/** A fix passes the hold of its incident through its gates. Past them, nothing passes a hold. */
function heldAnyway(
  promotion: Promotion,
  { stageKey }: PromotionMove,
  stages: readonly StageFacts[],
): Objection[] {
  const stage = stages.find(({ key }) => key === stageKey);
  if (promotion.kind !== 'fix' || !stage?.heldFor?.length) return [];
  return [{ code: 'STAGE_ON_HOLD', message: `${stage.name} is on hold, which no grant passes` }];
}

function mustBeOpen(promotion: Promotion): PromotionMove {
  const move = nextOpenMove(promotion.moves);
  if (promotion.state === 'open' && move) return move;
  throw new Refusal('CONFLICT', `This promotion is ${promotion.state}; nothing is left to execute`);
}
