import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { Door } from '../door/door.js';
import { parse } from '../refusal/parse.js';
import { Refusal } from '../refusal/refusal.js';
import type { SignedIn } from './request-actors.js';

export type Account = {
  /** Whether there is a password to change. */
  hasPassword: boolean;
  /** Whether the person signs in through the identity provider. */
  hasProvider: boolean;
  /** Newest first. Times are ISO 8601. */
  sessions: {
    id: string;
    current: boolean;
    method: string;
    startedAt: string;
    expiresAt: string;
    address: string | null;
    userAgent: string | null;
  }[];
};

const sessionsEnd = z.union(
  [z.strictObject({ sessionId: z.uuid() }), z.strictObject({ others: z.literal(true) })],
  { error: 'Name a session, or all others' },
);

/** What a person sees and ends of the own sessions. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly door: Door,
  ) {}

  async read({ actor, session }: SignedIn): Promise<Account> {
    const { client } = this.database;
    const accounts = await client.account.findMany({
      where: { userId: actor.id },
      select: { providerId: true },
    });
    const sessions = await client.session.findMany({
      where: { userId: actor.id, expiresAt: { gt: new Date() } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return {
      hasPassword: accounts.some(({ providerId }) => providerId === 'credential'),
      hasProvider: accounts.some(({ providerId }) => providerId === 'oidc'),
      sessions: sessions.map((one) => ({
        id: one.id,
        current: one.id === session.id,
        method: one.method,
        startedAt: one.createdAt.toISOString(),
        expiresAt: one.expiresAt.toISOString(),
        address: one.ipAddress === '' ? null : one.ipAddress,
        userAgent: one.userAgent === '' ? null : one.userAgent,
      })),
    };
  }

  /** @throws Refusal NOT_FOUND for a session that is not one's own or has ended */
  async endSessions(
    { actor, session }: SignedIn,
    requestId: string,
    raw: unknown,
  ): Promise<{ ended: number }> {
    const input = parse(sessionsEnd, raw);
    const id = 'sessionId' in input ? input.sessionId : { not: session.id };
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'sessionsEnd', input },
        ...{ scope: { organisation: true }, permission: 'session.self' },
      },
      async (act) => {
        const where = { userId: actor.id, id };
        const found = await act.tx.session.findMany({ where, select: { id: true } });
        if (found.length === 0) {
          if ('others' in input) return act.withoutEffect({ ended: 0 });
          throw new Refusal('NOT_FOUND', 'There is no such session', ['input', 'sessionId']);
        }
        const sessionIds = found.map((one) => one.id);
        await act.tx.session.deleteMany({ where: { id: { in: sessionIds } } });
        act.record({
          act: 'session.ended',
          subjectKind: 'user',
          subjectId: actor.id,
          data: 'sessionId' in input ? { sessionId: input.sessionId } : { sessionIds },
        });
        return { ended: found.length };
      },
    );
  }
}
