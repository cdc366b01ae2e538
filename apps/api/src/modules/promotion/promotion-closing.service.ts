import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';

/** Takes every open promotion of a workflow back, as part of an act that leaves nothing to promote. */
@Injectable()
export class PromotionClosing {
  /** @returns ids of those that were open */
  async withdrawAll(act: Act): Promise<string[]> {
    const where = { workflowId: act.workflow.id, state: 'open' };
    const open = await act.tx.promotion.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
    if (open.length === 0) return [];
    await act.tx.promotionMove.updateMany({ where, data: { state: 'withdrawn' } });
    await act.tx.promotion.updateMany({ where, data: { state: 'withdrawn', closedAt: act.now } });
    return open.map(({ id }) => id);
  }
}
