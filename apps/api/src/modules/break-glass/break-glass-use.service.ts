import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { reviewDueAt } from './break-glass.domain.js';

export interface NewUse {
  grantId: string;
  promotionId: string;
  stageKey: string;
  releaseId: string;
  checkIds: readonly string[];
  reason: string;
  readinessRecordId: string;
}

/** Part of the act that moves: the row by which a grant is used up and without which the database refuses the move. */
@Injectable()
export class BreakGlassUseService {
  /** @returns its id and by when a different person has to look at it. */
  async record(act: Act, use: NewUse): Promise<{ useId: string; dueAt: Date }> {
    const [id, dueAt] = [act.newId(), reviewDueAt(act.now)];
    await act.tx.breakGlassUse.create({
      data: {
        ...{ id, workflowId: act.workflow.id, ...use, checkIds: [...use.checkIds].sort() },
        ...{ executedById: act.actor.id, createdAt: act.now, reviewDueAt: dueAt },
      },
    });
    return { useId: id, dueAt };
  }
}
