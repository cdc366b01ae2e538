import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { eraseReasonOf } from '../../platform/ledger/erase-reasons.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ledgerReasonErase } from './ledger.schema.js';

const field = ['input', 'entryId'];

@Injectable()
export class ReasonErasure {
  constructor(private readonly door: Door) {}

  /** Cannot be taken back. @throws Refusal NOT_FOUND where no text lies beside the entry, CONFLICT where it was erased */
  erase(actor: Actor, requestId: string, raw: unknown): Promise<{ entryId: string }> {
    const input = parse(ledgerReasonErase, raw);
    const { entryId, reason, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'ledgerReasonErase', input, idempotencyKey },
        ...{ scope: { organisation: true }, permission: 'ledger.erase' },
      },
      async (act) => {
        const beside = await act.tx.ledgerReason.findUnique({ where: { entryId } });
        if (!beside) throw new Refusal('NOT_FOUND', 'No text lies beside this entry', field);
        if (!(await eraseReasonOf(act.tx, entryId, act.now)))
          throw new Refusal('CONFLICT', 'This text is erased already', field);
        act.record({
          ...{ act: 'ledger_reason.erased', subjectKind: 'ledger_entry', subjectId: entryId, reason },
        });
        return { entryId };
      },
    );
  }
}
