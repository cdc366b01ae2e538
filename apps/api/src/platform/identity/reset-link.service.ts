import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { sha256Hex } from '../digest/digest.js';
import { Door } from '../door/door.js';
import { Refusal } from '../refusal/refusal.js';
import type { Actor } from './actor.js';

const hour = 60 * 60 * 1000;

/** Links by which an administrator lets a person set a new password. */
@Injectable()
export class ResetLinkService {
  constructor(private readonly door: Door) {}

  /**
   * A link by which this person sets a new password, once; earlier ones are void. Of the token only a hash is kept,
   * so a repeated request cannot get it again.
   * @throws Refusal NOT_FOUND, FORBIDDEN, CONFLICT for a repeated request
   */
  async issue(
    actor: Actor,
    requestId: string,
    input: { userId: string; hours: number; idempotencyKey?: string | null },
  ): Promise<{ token: string; expiresAt: Date; userId: string }> {
    const { userId, hours, idempotencyKey } = input;
    const token = randomBytes(32).toString('base64url');
    const id = uuidv7();
    const done = await this.door.act(
      {
        ...{ actor, requestId, mutation: 'personResetLinkCreate', input: { userId, hours }, idempotencyKey },
        ...{ scope: { organisation: true }, permission: 'organisation.manage' },
      },
      async (act) => {
        const user = await act.tx.user.findFirst({ where: { id: userId, disabledAt: null } });
        if (!user)
          throw new Refusal('NOT_FOUND', 'There is no such person who may sign in', ['input', 'userId']);
        await act.tx.resetLink.deleteMany({ where: { userId, usedAt: null } });
        const expiresAt = new Date(act.now.getTime() + hours * hour);
        await act.tx.resetLink.create({
          data: {
            ...{ id, userId, tokenHash: sha256Hex(token), createdById: act.actor.id },
            ...{ createdAt: act.now, expiresAt },
          },
        });
        const data = { linkId: id, hours };
        act.record({ act: 'reset_link.issued', subjectKind: 'user', subjectId: userId, data });
        return { id, expiresAt: expiresAt.toISOString() };
      },
    );
    if (done.id !== id)
      throw new Refusal(
        'CONFLICT',
        'This link was shown already and cannot be shown again; make another one',
      );
    return { token, expiresAt: new Date(done.expiresAt), userId };
  }
}
