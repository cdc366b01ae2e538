import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { forgetPerson, isErased } from '../../platform/identity/erased-person.js';
import { hasOtherAdministrator } from '../../platform/identity/last-administrator.reads.js';
import { eraseReasonsBy } from '../../platform/ledger/erase-reasons.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { personErase } from './person.schema.js';

const field = ['input', 'userId'];

/** Takes a person's name out of the registry. What they did stays, under an id that no longer leads to anybody. */
@Injectable()
export class PersonErasureService {
  constructor(private readonly door: Door) {}

  /** Cannot be taken back. @throws Refusal NOT_FOUND, CONFLICT when erased already, LAST_ADMINISTRATOR, INVALID_INPUT for oneself */
  erase(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(personErase, raw);
    const { userId, eraseReasons, reason, idempotencyKey } = input;
    if (actor.id === userId)
      throw new Refusal('INVALID_INPUT', 'Another administrator has to do this', field);
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'personErase', input, idempotencyKey },
        ...{ scope: { organisation: true }, permission: 'ledger.erase' },
      },
      async (act) => {
        const user = await act.tx.user.findUnique({
          where: { id: userId },
          select: { id: true, email: true },
        });
        if (!user) throw new Refusal('NOT_FOUND', 'There is no such person', field);
        if (isErased(user)) throw new Refusal('CONFLICT', 'This person is erased already', field);
        if (!(await hasOtherAdministrator(act.tx, userId)))
          throw new Refusal('LAST_ADMINISTRATOR', 'The last administrator cannot be erased', field);
        await forgetPerson(act, user);
        const reasonsErased = eraseReasons ? await eraseReasonsBy(act.tx, userId, act.now) : 0;
        act.record({
          ...{ act: 'user.erased', subjectKind: 'user', subjectId: userId },
          ...{ data: { reasonsErased }, reason },
        });
        return { userId };
      },
    );
  }
}
