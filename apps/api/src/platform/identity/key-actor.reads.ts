import type { PrismaClient } from '../database/generated/client.js';
import { isKeyScope } from '../permissions/key-scopes.js';
import type { Actor, ActorKey } from './actor.js';
import { sameHash } from './key-token.js';

type Queryable = Pick<PrismaClient, '$queryRaw'>;

type Row = {
  id: string;
  name: string;
  kind: string;
  tokenHash: string;
  environment: string;
  scopes: string[];
  teamIds: string[];
  workflowIds: string[];
  makerId: string | null;
  committerId: string | null;
  seenLately: boolean;
};

export interface FoundKey {
  actor: Actor & { key: ActorKey };
  tokenHash: string;
  /** Whether its last use was written within the last minute. */
  seenLately: boolean;
}

/**
 * The service or agent whose key this is, as it stands this instant; null when unknown, revoked or past its end. In one
 * statement, on the database's clock, remembered nowhere: revoking a key holds from the next request.
 * @param committer id or e-mail address of the person whom the request states as its committer.
 */
async function loadKey(
  db: Queryable,
  by: { hash: string } | { id: string },
  committer: string | null,
): Promise<FoundKey | null> {
  const [id, hash] = 'id' in by ? [by.id, null] : [null, by.hash];
  const rows = await db.$queryRaw<Row[]>`
    SELECT k.id::text AS id, k.name, k.kind, k.token_hash AS "tokenHash", k.environment, k.scopes,
      k.team_ids::text[] AS "teamIds", k.workflow_ids::text[] AS "workflowIds",
      (SELECT u.id::text FROM "user" u WHERE u.id = k.created_by_id AND u.disabled_at IS NULL) AS "makerId",
      (SELECT u.id::text FROM "user" u
        WHERE (u.id::text = ${committer}::text OR u.email = lower(${committer}::text)) AND u.disabled_at IS NULL
        LIMIT 1) AS "committerId",
      coalesce(k.last_used_at > clock_timestamp() - INTERVAL '1 minute', FALSE) AS "seenLately"
    FROM api_key k
    WHERE (k.id = ${id}::uuid OR k.token_hash = ${hash}::text) AND k.expires_at > clock_timestamp()
      AND (k.revoked_at IS NULL OR k.revoked_at > clock_timestamp())`;
  const row = rows[0];
  if (row === undefined || (row.kind !== 'service' && row.kind !== 'agent')) return null;
  const responsibleIds = [row.makerId, row.committerId].filter((one) => one !== null);
  return {
    actor: {
      ...{ kind: row.kind, id: row.id, name: row.name, organisationRoles: [], memberships: [] },
      responsibleIds: [...new Set(responsibleIds)],
      key: {
        ...{ id: row.id, scopes: row.scopes.filter(isKeyScope), environment: row.environment },
        ...{ teamIds: row.teamIds, workflowIds: row.workflowIds, committerId: row.committerId },
      },
    },
    tokenHash: row.tokenHash,
    seenLately: row.seenLately,
  };
}

export async function findKey(
  db: Queryable,
  hash: string,
  committer: string | null,
): Promise<FoundKey | null> {
  const found = await loadKey(db, { hash }, committer);
  return found && sameHash(found.tokenHash, hash) ? found : null;
}

/** The same key once more, inside an act: it may have been revoked since the request began. */
export async function reloadKey(db: Queryable, { id, committerId }: ActorKey): Promise<Actor | null> {
  return (await loadKey(db, { id }, committerId))?.actor ?? null;
}
