import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';

export interface OpenMove {
  stageKey: string;
  promotionId: string;
}

/** Which stages a promotion is open into; at most one each. */
@Injectable()
export class OpenMoveReads {
  of(tx: Pick<Tx, 'promotionMove'>, workflowId: string): Promise<OpenMove[]> {
    return tx.promotionMove.findMany({
      where: { workflowId, state: 'open' },
      select: { stageKey: true, promotionId: true },
    });
  }
}
