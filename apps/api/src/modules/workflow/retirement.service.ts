import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { KeyService } from '../key/key.service.js';
import { PromotionClosing } from '../promotion/promotion-closing.service.js';
import { StageEntryService } from '../stage/stage-entry.service.js';
import { OperatingService } from './operating.service.js';
import { retireObjection } from './retire.domain.js';
import { workflowRetire } from './retire.schema.js';
import { RetirementReads } from './retirement.reads.js';

/** Ends a workflow for good. Its key stays taken, and all of its history stays readable. */
@Injectable()
export class RetirementService {
  constructor(
    private readonly door: Door,
    private readonly reads: RetirementReads,
    private readonly entries: StageEntryService,
    private readonly promotions: PromotionClosing,
    private readonly operating: OperatingService,
    private readonly keys: KeyService,
  ) {}

  /**
   * One act: pointers end, open promotions are withdrawn, duties close, and keys that reach nothing else are revoked.
   * What a rollback laid over it, its holds and quarantines stay as they are: narrowing is never undone by this.
   * @throws Refusal STILL_SERVED, WORKFLOW_RETIRED
   */
  retire(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(workflowRetire, raw);
    const { workflowId, reason, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'workflowRetire', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.retire' },
      },
      async (act) => {
        const objection = retireObjection(await this.reads.facts(workflowId, act.tx), act.now);
        if (objection) throw new Refusal(objection.code, objection.message, ['input', 'workflowId']);
        const stages = await this.entries.leaveAll(act);
        const promotions = await this.promotions.withdrawAll(act);
        const operatingRecord = await this.operating.closeDuties(act);
        const keys = await this.keys.revokeBoundTo(act, workflowId);
        await act.tx.workflow.update({ where: { id: workflowId }, data: { retiredAt: act.now } });
        act.record({
          ...{ act: 'workflow.retired', subjectKind: 'workflow', subjectId: workflowId, reason },
          data: { stages, promotions, operatingRecord, keys },
        });
        act.emit('workflow.retired', { workflowId });
        return { workflowId };
      },
    );
  }
}
