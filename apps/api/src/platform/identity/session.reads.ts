import { Prisma, type PrismaClient } from '../database/generated/client.js';
import { actorStatement, type ActorRow } from './actor.reads.js';

export type SessionRow = ActorRow & { sessionId: string; expiresAt: Date; method: string };

/**
 * A session that has not ended, with its person and the roles held now, in one statement: every request of a person
 * begins with it, a rollback too. None for a person who is disabled.
 * @param token as its cookie carries it, once the signature was found good
 */
export async function findSession(
  db: Pick<PrismaClient, '$queryRaw'>,
  token: string,
): Promise<SessionRow | null> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s.id::text AS "sessionId", s.expires_at AS "expiresAt", s.method, p.*
    FROM session s CROSS JOIN LATERAL (${actorStatement(Prisma.sql`s.user_id`)}) p
    WHERE s.token = ${token} AND s.expires_at > clock_timestamp()`;
  return row ?? null;
}
