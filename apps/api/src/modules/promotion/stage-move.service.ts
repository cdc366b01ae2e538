import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import type { JsonObject } from '../../platform/ledger/ledger-entry.domain.js';
import { BreakGlassUseService } from '../break-glass/break-glass-use.service.js';
import { canonicalReadiness } from '../readiness/canonical-readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { StageEntryService } from '../stage/stage-entry.service.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { AfterRollbackService } from './after-rollback.service.js';
import type { Passage } from './passage.service.js';
import type { Promotion, PromotionMove } from './promotion.types.js';
import { PromotionWrites } from './promotion.writes.js';

export interface AllowedMove {
  promotion: Promotion;
  move: PromotionMove;
  stages: readonly StageFacts[];
  readiness: Readiness;
  /** The grant that passes what is incomplete; null: nothing is. */
  passage: Passage | null;
}

/** Writes a move that was judged: its readiness, the pointer, the use of a grant, and what the ledger says of it. */
@Injectable()
export class StageMoveService {
  constructor(
    private readonly writes: PromotionWrites,
    private readonly entries: StageEntryService,
    private readonly uses: BreakGlassUseService,
    private readonly aftermath: AfterRollbackService,
  ) {}

  /** @returns id of the readiness record that the move stands on. */
  async make(act: Act, allowed: AllowedMove): Promise<string> {
    const { promotion, move, stages, readiness, passage } = allowed;
    const { stageKey, stageRevisionId, releaseId, checklistVersion, evaluatedAt } = readiness;
    const { canonical, digest } = canonicalReadiness(readiness);
    const readinessRecordId = act.newId();
    const at = { releaseId, stageKey, stageRevisionId };
    await this.writes.execute(act, promotion, move, {
      ...{ ...at, id: readinessRecordId, checklistVersion, evaluatedAt, canonical, digest },
      incompleteChecks: passage?.checkIds.length ?? 0,
    });
    const use = passage && (await this.use(act, allowed, passage, readinessRecordId));
    await this.entries.enter(act, {
      ...{ ...at, promotionId: promotion.id, readinessRecordId },
      origin: passage ? 'breakGlass' : 'promotion',
    });
    const stage = stages.find(({ key }) => key === stageKey);
    const leftReleaseId = stage?.occupantId ?? null;
    const settled = await this.aftermath.settle(act, promotion, stage);
    const what = passage ? 'promotion.brokeGlass' : 'promotion.executed';
    act.record({
      ...{ act: what, subjectKind: 'promotion', subjectId: promotion.id, subjectDigest: promotion.digest },
      data: {
        ...{ kind: promotion.kind, ...at, leftReleaseId },
        ...{ readinessRecordId, moveId: move.id },
        ...use,
        ...settled,
      },
      readinessDigest: digest,
      reason: passage?.reason ?? null,
    });
    act.emit(what, { promotionId: promotion.id, releaseId, stageKey });
    return readinessRecordId;
  }

  /** The grant is used up, and a review is owed from here on. */
  private async use(
    act: Act,
    { promotion, readiness: { stageKey, releaseId } }: AllowedMove,
    { grantId, incidentId, checkIds, reason }: Passage,
    readinessRecordId: string,
  ): Promise<JsonObject> {
    const { useId, dueAt } = await this.uses.record(act, {
      ...{ grantId, promotionId: promotion.id, stageKey, releaseId, checkIds, reason, readinessRecordId },
    });
    return { useId, grantId, incidentId, checkIds: [...checkIds].sort(), reviewDueAt: dueAt.toISOString() };
  }
}
