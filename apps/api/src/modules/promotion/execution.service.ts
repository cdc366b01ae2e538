import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal, type RefusalError } from '../../platform/refusal/refusal.js';
import { canonicalReadiness } from '../readiness/canonical-readiness.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { AdoptionReads } from '../stage/adoption.reads.js';
import { StageEntryService } from '../stage/stage-entry.service.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { executionObjections } from './execution.domain.js';
import { nextOpenMove, type Objection } from './promotion.domain.js';
import { promotionExecute } from './promotion.schema.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { PromotionWrites } from './promotion-writes.js';
import { approvalStale, reviewPolicy, tallyReviews } from './review.domain.js';
import { baselineFor, ReviewGroundsReads, type ReviewGrounds } from './review-grounds.reads.js';

export interface Execution {
  promotionId: string;
  /** Of the readiness on which the move was made; null where nothing moved. */
  readinessRecordId: string | null;
  /** What stood in the way; complete where the move was made. Null for a repeated request. */
  readiness: Readiness | null;
  /** What forbids the move besides incomplete gates. */
  userErrors: RefusalError[];
}

type Committed = { promotionId: string; readinessRecordId: string | null };
type Judged = { readiness: Readiness; objections: Objection[] };
type Prepared = ReviewGrounds & { debts: Awaited<ReturnType<AdoptionReads['owed']>> };

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
    private readonly readiness: ReadinessReads,
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
    let judged: Judged | null = null;
    let outdated = false;
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
        outdated =
          promotion.releaseId !== prepared.promotion.releaseId ||
          baselineFor(promotion, stages) !== prepared.baselineId;
        if (outdated) return act.withoutEffect(nothing);
        mustBeShown(promotion, input.expectedDigest, prepared);
        judged = await this.judge(act, promotion, move, stages, prepared);
        if (!judged.readiness.complete || judged.objections.length > 0) return act.withoutEffect(nothing);
        return {
          promotionId,
          readinessRecordId: await this.move(act, promotion, move, stages, judged.readiness),
        };
      },
    );
    if (outdated) return null;
    const { readiness = null, objections = [] } = (judged as Judged | null) ?? {};
    const userErrors = objections.map(({ code, message, field }) => ({
      ...{ code, message, field: field === undefined ? null : ['input', field] },
    }));
    return { ...committed, readiness, userErrors };
  }

  private async judge(
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
