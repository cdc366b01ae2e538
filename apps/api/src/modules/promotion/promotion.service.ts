import { Injectable } from '@nestjs/common';
import type { Act, ActSpec } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { baselineOf } from '../release/lineage.domain.js';
import { asServed, type StageFacts } from '../stage/stage-facts.domain.js';
import type { Objection } from './objection.domain.js';
import { planMoves, requestObjections, type ReleaseRef, type RequestFacts } from './promotion.domain.js';
import { PromotionReads } from './promotion.reads.js';
import {
  promotionRequest,
  promotionRetarget,
  promotionWithdraw,
  type PromotionKind,
} from './promotion.schema.js';
import type { Promotion } from './promotion.types.js';
import { PromotionWrites } from './promotion.writes.js';
import { RequestFactsReads } from './request-facts.reads.js';

type PromotionId = { promotionId: string };

const closed = ({ state }: Promotion) => new Refusal('CONFLICT', `This promotion is ${state} already`);
const unknown = () => new Refusal('NOT_FOUND', 'There is no such promotion', ['input', 'promotionId']);
const refuse = (objections: readonly Objection[]) =>
  Refusal.many(
    objections.map(({ code, message, field }) => ({
      code,
      message,
      field: field === undefined ? null : ['input', field],
    })),
  );

/** Asks for promotions, points them at other releases and takes them back. Reviewing and executing stand beside it. */
@Injectable()
export class PromotionService {
  constructor(
    private readonly door: Door,
    private readonly reads: PromotionReads,
    private readonly writes: PromotionWrites,
    private readonly facts: RequestFactsReads,
  ) {}

  /** Allowed while gates are incomplete: reviewing and gathering evidence go on meanwhile. */
  async request(actor: Actor, requestId: string, raw: unknown): Promise<PromotionId> {
    const input = parse(promotionRequest, raw);
    const { workflowId, releaseId, toStage, kind, note, stageRevisionId } = input;
    const mends = { incidentId: input.incidentId ?? null, addedCase: input.addedCase ?? null };
    await this.door.mustSee(actor, workflowId);
    const target = await this.facts.target(workflowId, releaseId);
    const spec = { ...this.spec(actor, requestId, workflowId), mutation: 'promotionRequest', input };
    return this.door.act({ ...spec, idempotencyKey: input.idempotencyKey }, async (act) => {
      const facts = await this.facts.of(act, target, {
        kind,
        toStageKey: toStage,
        stageRevisionId,
        ...mends,
      });
      const objections = requestObjections(facts);
      if (objections.length > 0) throw refuse(objections);
      const { release } = target;
      const baselineId = baselineAsked(kind, release, facts.stages, toStage);
      const moves = planMoves(facts);
      const promotionId = await this.writes.create(act, {
        ...{ kind, release, baselineId, toStageKey: toStage, note, moves, ...mends },
      });
      act.record({
        act: 'promotion.requested',
        subjectKind: 'promotion',
        subjectId: promotionId,
        subjectDigest: release.digest,
        data: {
          kind,
          releaseId,
          releaseNumber: release.number,
          baselineId,
          stages: moves.map((m) => m.stageKey),
          ...(kind === 'fix' ? mends : {}),
        },
        reason: note,
      });
      act.emit('promotion.requested', { promotionId });
      return { promotionId };
    });
  }

  /** Moves an open promotion to another release. Earlier reviews keep the digest they saw and count no more. */
  async retarget(actor: Actor, requestId: string, raw: unknown): Promise<PromotionId> {
    const input = parse(promotionRetarget, raw);
    const { promotionId, releaseId } = input;
    const workflowId = await this.workflowOf(promotionId);
    await this.door.mustSee(actor, workflowId, unknown);
    const target = await this.facts.target(workflowId, releaseId);
    const spec = {
      ...this.spec(actor, requestId, workflowId),
      mutation: 'promotionRetarget',
      input,
      unknown,
    };
    return this.door.act({ ...spec, idempotencyKey: input.idempotencyKey }, async (act) => {
      const promotion = await this.open(act, promotionId);
      checkRetarget(promotion, input);
      const { kind, toStageKey, incidentId, addedCase } = promotion;
      const asked = { kind, toStageKey, incidentId, addedCase, ownPromotionId: promotionId };
      const facts = await this.facts.of(act, target, asked);
      const objections = requestObjections(facts);
      // The release is all that is chosen here: kind and stage stay what they were asked as.
      if (objections.length > 0) throw refuse(objections.map((one) => ({ ...one, field: 'releaseId' })));
      const { release } = target;
      const baselineId = baselineAsked(kind, release, facts.stages, toStageKey);
      await this.writes.retarget(act, promotion, release, baselineId);
      await this.replan(act, promotion, facts);
      act.record({
        act: 'promotion.retargeted',
        subjectKind: 'promotion',
        subjectId: promotionId,
        subjectDigest: release.digest,
        data: {
          ...{ releaseId, releaseNumber: release.number, baselineId, revision: promotion.revision + 1 },
          ...{ fromReleaseId: promotion.releaseId, fromDigest: promotion.digest },
        },
      });
      act.emit('promotion.retargeted', { promotionId });
      return { promotionId };
    });
  }

  async withdraw(actor: Actor, requestId: string, raw: unknown): Promise<PromotionId> {
    const input = parse(promotionWithdraw, raw);
    const { promotionId, reason } = input;
    const workflowId = await this.workflowOf(promotionId);
    const spec = {
      ...this.spec(actor, requestId, workflowId),
      mutation: 'promotionWithdraw',
      input,
      unknown,
    };
    return this.door.act({ ...spec, idempotencyKey: input.idempotencyKey }, async (act) => {
      const promotion = await this.open(act, promotionId);
      const left = promotion.moves.filter((move) => move.state === 'open');
      await this.writes.withdrawMoves(
        act,
        left.map((move) => move.id),
      );
      await this.writes.close(act, promotionId);
      act.record({
        act: 'promotion.withdrawn',
        subjectKind: 'promotion',
        subjectId: promotionId,
        subjectDigest: promotion.digest,
        data: { stages: left.map((move) => move.stageKey) },
        reason,
      });
      act.emit('promotion.withdrawn', { promotionId });
      return { promotionId };
    });
  }

  private spec(
    actor: Actor,
    requestId: string,
    workflowId: string,
  ): Pick<ActSpec, 'actor' | 'requestId' | 'scope' | 'permission'> {
    return { actor, requestId, scope: { workflowId }, permission: 'promotion.request' };
  }

  private async workflowOf(promotionId: string): Promise<string> {
    const workflowId = await this.reads.workflowOf(promotionId);
    if (workflowId === null) throw unknown();
    return workflowId;
  }

  /** What a promotion still is to enter follows from the release it names now. */
  private async replan(act: Act, promotion: Promotion, facts: RequestFacts): Promise<void> {
    const planned = planMoves(facts);
    const has = (stageKey: string) => promotion.moves.find((move) => move.stageKey === stageKey);
    const gone = planned.filter(({ stageKey }) => has(stageKey)?.state === 'withdrawn');
    if (gone.length > 0) {
      throw new Refusal(
        'NOT_REPLACEABLE',
        'This promotion gave up a stage that the release would enter; ask anew',
        [...['input', 'releaseId']],
      );
    }
    const left = promotion.moves.filter(
      (move) => move.state === 'open' && !planned.some(({ stageKey }) => stageKey === move.stageKey),
    );
    await this.writes.withdrawMoves(
      act,
      left.map((move) => move.id),
    );
    await this.writes.addMoves(
      act,
      promotion.id,
      planned.filter(({ stageKey }) => !has(stageKey)),
    );
  }

  private async open(act: Act, promotionId: string): Promise<Promotion> {
    const promotion = await this.writes.locked(act, promotionId);
    if (!promotion) throw unknown();
    if (promotion.state !== 'open') throw closed(promotion);
    return promotion;
  }
}

/** What the reviewers are to compare with: the parent that is replaced, else what is live where it is to enter. */
function baselineAsked(
  kind: PromotionKind,
  release: ReleaseRef,
  stages: readonly StageFacts[],
  toStageKey: string,
) {
  return kind === 'replace' ? release.parentId : baselineOf(asServed(stages), toStageKey);
}

function checkRetarget(promotion: Promotion, input: { expectedRevision: number; releaseId: string }): void {
  if (promotion.revision !== input.expectedRevision) {
    throw new Refusal('CONFLICT', 'This promotion was retargeted since you read it', [
      'input',
      'expectedRevision',
    ]);
  }
  if (promotion.releaseId === input.releaseId) {
    throw new Refusal('NOTHING_CHANGED', 'This promotion names that release already', ['input', 'releaseId']);
  }
  if (promotion.moves.some((move) => move.state === 'executed')) {
    throw new Refusal(
      'CONFLICT',
      'This promotion has entered a stage already; withdraw the rest and ask anew',
    );
  }
}
