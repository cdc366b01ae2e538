import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { ApiKeyModel } from '../../platform/database/generated/models.js';
import {
  pageOf,
  toConnection,
  type ConnectionArgs,
  type ConnectionOf,
} from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { seenBy } from '../../platform/permissions/sight-sql.js';
import { sightOf } from '../../platform/permissions/visibility.js';
import { keyState } from './key.domain.js';
import type { KeyKind, KeyState } from './key.schema.js';
import type { ApiKey } from './key.types.js';

export interface KeyQuery {
  teamId?: string | null;
  workflowId?: string | null;
  state?: readonly KeyState[] | null;
  search?: string | null;
}

type Listed = { id: string; replacedById: string | null; answeredFor: boolean };

const now = Prisma.sql`clock_timestamp()`;
const replaced = Prisma.sql`EXISTS (SELECT 1 FROM api_key n WHERE n.replaces_id = k.id)`;
/** The same rule as `keyState`, which says it of a row that has been read. */
const stateColumn = Prisma.sql`CASE WHEN k.revoked_at <= ${now} THEN 'revoked' WHEN k.expires_at <= ${now} THEN 'expired'
  WHEN ${replaced} THEN 'ending' ELSE 'active' END`;

/** A key touches a team when it is bound to it or to a workflow of it. */
const touches = (teamIds: readonly string[]) => Prisma.sql`(k.team_ids && ${[...teamIds]}::uuid[] OR EXISTS (
  SELECT 1 FROM workflow w WHERE w.id = ANY(k.workflow_ids) AND w.team_id = ANY(${[...teamIds]}::uuid[])))`;

/** Keys without their secrets, of which only a hash is kept and never read here. */
@Injectable()
export class KeyReads {
  constructor(private readonly database: Database) {}

  /** Null for an unknown key and for one of teams whose keys the actor may not see. */
  async byId(actor: Actor, id: string): Promise<ApiKey | null> {
    if (!isUuid(id)) return null;
    return (await this.shown([id], this.seen(actor)))[0] ?? null;
  }

  /** Newest first. */
  async page(actor: Actor, args: ConnectionArgs, query: KeyQuery): Promise<ConnectionOf<ApiKey>> {
    const page = pageOf(args);
    const where = Prisma.join([this.seen(actor), ...conditions(actor, query)], ' AND ');
    const following = page.after
      ? Prisma.sql`AND (k.created_at, k.id) < (${instantKey(page.after.key)}, ${page.after.id}::uuid)`
      : Prisma.empty;
    const [rows, [total]] = await Promise.all([
      this.database.client.$queryRaw<{ id: string }[]>`
        SELECT k.id::text FROM api_key k WHERE ${where} ${following}
        ORDER BY k.created_at DESC, k.id DESC LIMIT ${page.take} OFFSET ${page.skip}`,
      this.database.client.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM api_key k WHERE ${where}`,
    ]);
    const found = await this.shown(
      rows.map((row) => row.id),
      Prisma.sql`TRUE`,
    );
    const nodes = rows.flatMap(({ id }) => found.find((key) => key.id === id) ?? []);
    return toConnection(nodes, page, total?.count ?? 0, (key) => ({
      key: key.createdAt.toISOString(),
      id: key.id,
    }));
  }

  /** Teams of the workflows that a key is bound to, by workflow; unknown workflows are left out. */
  async teamsOf(
    workflowIds: readonly string[],
    db: Pick<Tx, 'workflow'> = this.database.client,
  ): Promise<{ id: string; teamId: string; restricted: boolean; retiredAt: Date | null }[]> {
    const where = { id: { in: workflowIds.filter(isUuid) } };
    return db.workflow.findMany({
      where,
      select: { id: true, teamId: true, restricted: true, retiredAt: true },
    });
  }

  private seen(actor: Actor): Prisma.Sql {
    if (
      actor.organisationRoles.some((role) =>
        can({ ...actor, memberships: [], organisationRoles: [role] }, 'key.read'),
      )
    )
      return Prisma.sql`TRUE`;
    const teamIds = actor.memberships.map((one) => one.teamId);
    return touches(teamIds.filter((teamId) => can(actor, 'key.read', { teamId })));
  }

  private async shown(ids: readonly string[], condition: Prisma.Sql): Promise<ApiKey[]> {
    const listed = await this.database.client.$queryRaw<Listed[]>`
      SELECT k.id::text AS id, (SELECT n.id::text FROM api_key n WHERE n.replaces_id = k.id LIMIT 1) AS "replacedById",
        EXISTS (SELECT 1 FROM "user" u WHERE u.id = k.created_by_id AND u.disabled_at IS NULL) AS "answeredFor"
      FROM api_key k WHERE k.id = ANY(${[...ids]}::uuid[]) AND ${condition}`;
    const where = { id: { in: listed.map((one) => one.id) } };
    const rows = await this.database.client.apiKey.findMany({ where, omit: { tokenHash: true } });
    const at = new Date();
    return rows.map((row) =>
      keyOf(
        row,
        listed.find((one) => one.id === row.id),
        at,
      ),
    );
  }
}

function conditions(actor: Actor, { teamId, workflowId, state, search }: KeyQuery): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (teamId) found.push(isUuid(teamId) ? touches([teamId]) : Prisma.sql`FALSE`);
  if (workflowId) {
    const team = Prisma.sql`(SELECT w.team_id FROM workflow w WHERE w.id = ${workflowId}::uuid)`;
    const seen = Prisma.sql`EXISTS (SELECT 1 FROM workflow w WHERE w.id = ${workflowId}::uuid AND ${seenBy(sightOf(actor), 'w')})`;
    const bound = Prisma.sql`${seen} AND (${workflowId}::uuid = ANY(k.workflow_ids) OR ${team} = ANY(k.team_ids))`;
    found.push(isUuid(workflowId) ? bound : Prisma.sql`FALSE`);
  }
  if (state) found.push(Prisma.sql`${stateColumn} = ANY(${[...state]}::text[])`);
  const text = search?.trim();
  if (text) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    found.push(Prisma.sql`(k.name ILIKE ${pattern} OR k.prefix ILIKE ${pattern})`);
  }
  return found;
}

/** The database holds the kinds to their closed set. */
function keyOf(row: Omit<ApiKeyModel, 'tokenHash'>, listed: Listed | undefined, at: Date): ApiKey {
  const { replacedById = null, answeredFor = false } = listed ?? {};
  const state = keyState({ ...row, replaced: replacedById !== null }, at);
  return { ...row, kind: row.kind as KeyKind, replacedById, answeredFor, state };
}
