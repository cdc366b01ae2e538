import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import {
  pageOf,
  toConnection,
  type ConnectionArgs,
  type ConnectionOf,
} from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { instanceState } from './instance-state.domain.js';
import type { Instance, VersionInstances } from './telemetry.types.js';

export interface InstanceCounts {
  workflowId: string;
  /** Reported for production within three intervals, with our SDK and a key that is secret, and have not stopped. */
  total: number;
  /** Of these, at the newest version, and not in their failure behaviour. */
  serving: number;
  /** Of these, at a version that this registry never made. */
  ahead: number;
  /** Of these, in their failure behaviour. */
  fallback: number;
  /** Of these, reporting what was not served to them. */
  drifting: number;
  /** Not among these: no report for three intervals, but within the last hour. */
  silent: number;
  /** Callers without our SDK that fetched within the last hour, with a key that is secret. */
  byOfrep: number;
  /** With a key that anybody can read out of a page, within the last hour, by whatever way. */
  byPages: number;
}
export interface StageInstances {
  workflowId: string;
  /** Null: whoever is in no stage. */
  stageKey: string | null;
  release: string;
  instances: number;
}

type Row = Omit<Instance, 'state' | 'servesVersion'> & {
  cursorId: string;
  firstSeenAt: Date;
  incarnation: number;
  epoch: number;
  isFallback: boolean;
  currentIncarnation: number;
  currentEpoch: number;
  now: Date;
  total: number;
};

/** Counted: what reports for production with a key that is secret, has not stopped, and was heard of lately. */
const counted = Prisma.sql`i.environment = 'production' AND NOT i.is_public AND i.stopped_at IS NULL`;
/** With a key that is in a page: of a caller without our SDK only its key tells. */
const ofPage = Prisma.sql`(i.is_public OR coalesce(NOT 'runtime' = ANY(k.scopes), FALSE))`;
const lately = Prisma.sql`i.seen_at > clock_timestamp() - INTERVAL '30 seconds'`;

/** Running applications, as they say of themselves. */
@Injectable()
export class InstanceReads {
  constructor(private readonly database: Database) {}

  /** Heard of within a day, the newest first; one statement for every workflow that asks for the same page. */
  async page(loaders: Loaders, workflowId: string, args: ConnectionArgs): Promise<ConnectionOf<Instance>> {
    const { first, after, offset } = args;
    const page = pageOf(args);
    const following = page.after
      ? Prisma.sql`AND (i.first_seen_at, md5(i.instance_id)::uuid) < (${instantKey(page.after.key)}, ${page.after.id}::uuid)`
      : Prisma.empty;
    const known = Prisma.sql`i.workflow_id = w.id AND i.seen_at > clock_timestamp() - INTERVAL '1 day'`;
    const rows = await loaders
      .once(`instances ${JSON.stringify({ first, after, offset })}`, async (ids: readonly string[]) =>
        grouped(
          ids,
          await this.database.client.$queryRaw<Row[]>`
            SELECT w.id::text AS "workflowId", w.incarnation AS "currentIncarnation", w.epoch AS "currentEpoch", p.*,
              clock_timestamp() AS now, (SELECT count(*)::int FROM instance i WHERE ${known}) AS total
            FROM workflow w CROSS JOIN LATERAL (
              SELECT i.instance_id AS "instanceId", md5(i.instance_id)::uuid::text AS "cursorId", i.application, i.sdk,
                i.via, i.environment, ${ofPage} AS "isPublic", i.levers, i.started_at AS "startedAt",
                i.first_seen_at AS "firstSeenAt", i.seen_at AS "seenAt", i.stopped_at AS "stoppedAt", i.incarnation,
                i.epoch, i.serves_since AS "servesSince", i.is_fallback AS "isFallback",
                (SELECT r.alias FROM release r WHERE r.workflow_id = w.id AND r.digest = i.serves->0->>'release'
                 ORDER BY r.number DESC LIMIT 1) AS "servesAlias"
              FROM instance i LEFT JOIN api_key k ON k.id = i.key_id WHERE ${known} ${following}
              ORDER BY i.first_seen_at DESC, md5(i.instance_id)::uuid DESC LIMIT ${page.take} OFFSET ${page.skip}
            ) p
            WHERE w.id = ANY(${[...ids]}::uuid[])
            ORDER BY p."firstSeenAt" DESC, p."cursorId" DESC`,
          (row) => row.workflowId,
        ),
      )
      .load(workflowId);
    const total = rows?.[0]?.total ?? 0;
    const cursors = new Map(rows?.map((row) => [row.instanceId, row]));
    return toConnection((rows ?? []).map(instanceOf), page, total, ({ instanceId }) => ({
      key: cursors.get(instanceId)?.firstSeenAt.toISOString() ?? '',
      id: cursors.get(instanceId)?.cursorId ?? '',
    }));
  }

  /** The newest version first. */
  async byVersion(loaders: Loaders, workflowId: string): Promise<VersionInstances[]> {
    const rows = await loaders
      .once('instancesByVersion', async (ids: readonly string[]) =>
        grouped(
          ids,
          await this.database.client.$queryRaw<(VersionInstances & { workflowId: string })[]>`
            SELECT i.workflow_id::text AS "workflowId", i.incarnation, i.epoch, count(*)::int AS instances,
              (count(*) FILTER (WHERE i.via = 'ofrep'))::int AS "byOfrep",
              (SELECT r.alias FROM release r WHERE r.workflow_id = i.workflow_id
                AND r.digest = mode() WITHIN GROUP (ORDER BY i.serves->0->>'release') ORDER BY r.number DESC LIMIT 1) AS alias
            FROM instance i WHERE i.workflow_id = ANY(${[...ids]}::uuid[]) AND ${counted} AND ${lately}
            GROUP BY i.workflow_id, i.incarnation, i.epoch ORDER BY i.incarnation DESC, i.epoch DESC`,
          (row) => row.workflowId,
        ),
      )
      .load(workflowId);
    return rows ?? [];
  }

  /** One row for each workflow that anything of reports. */
  counts(workflowIds: readonly string[]): Promise<InstanceCounts[]> {
    const [reports, secret] = [Prisma.sql`n.via = 'sdk' AND NOT n.of_page`, Prisma.sql`NOT n.of_page`];
    const running = Prisma.sql`${reports} AND n.lately`;
    return this.database.client.$queryRaw<InstanceCounts[]>`
      SELECT n.workflow_id::text AS "workflowId", (count(*) FILTER (WHERE ${running}))::int AS total,
        (count(*) FILTER (WHERE ${running} AND NOT n.is_fallback AND n.version = n.newest))::int AS serving,
        (count(*) FILTER (WHERE ${running} AND n.version > n.newest))::int AS ahead,
        (count(*) FILTER (WHERE ${running} AND n.is_fallback))::int AS fallback,
        (count(*) FILTER (WHERE ${running} AND n.drifts))::int AS drifting,
        (count(*) FILTER (WHERE ${reports} AND NOT n.lately))::int AS silent,
        (count(*) FILTER (WHERE n.via = 'ofrep' AND ${secret}))::int AS "byOfrep",
        (count(*) FILTER (WHERE n.of_page))::int AS "byPages"
      FROM (
        SELECT i.workflow_id, i.via, i.is_fallback, ${lately} AS lately, ${ofPage} AS of_page,
          ARRAY[i.incarnation, i.epoch] AS version, ARRAY[w.incarnation, w.epoch] AS newest,
          EXISTS (SELECT 1 FROM drift_finding f WHERE f.workflow_id = i.workflow_id AND f.instance_id = i.instance_id
            AND f.ended_at IS NULL) AS drifts
        FROM instance i JOIN workflow w ON w.id = i.workflow_id LEFT JOIN api_key k ON k.id = i.key_id
        WHERE i.workflow_id = ANY(${[...workflowIds]}::uuid[]) AND i.environment = 'production'
          AND i.stopped_at IS NULL AND i.seen_at > clock_timestamp() - INTERVAL '1 hour'
      ) n
      GROUP BY n.workflow_id`;
  }

  /** How many running instances say that a stage gets this release from them. */
  byStage(workflowIds: readonly string[]): Promise<StageInstances[]> {
    return this.database.client.$queryRaw<StageInstances[]>`
      SELECT i.workflow_id::text AS "workflowId", s->>'stage' AS "stageKey", s->>'release' AS release,
        count(DISTINCT i.instance_id)::int AS instances
      FROM instance i, jsonb_array_elements(i.serves) s
      WHERE i.workflow_id = ANY(${[...workflowIds]}::uuid[]) AND ${counted} AND ${lately}
      GROUP BY 1, 2, 3`;
  }

  /** Levers that running instances do not honour, of those that are asked about. */
  async notHonouring(
    workflowId: string,
    levers: readonly string[],
  ): Promise<{ instanceId: string; application: string }[]> {
    return this.database.client.$queryRaw`
      SELECT i.instance_id AS "instanceId", i.application FROM instance i
      WHERE i.workflow_id = ${workflowId}::uuid AND i.via = 'sdk' AND ${counted} AND ${lately}
        AND NOT i.levers @> ${[...levers]}::text[]
      ORDER BY i.instance_id LIMIT 100`;
  }
}

function instanceOf(row: Row): Instance {
  const current = { incarnation: row.currentIncarnation, epoch: row.currentEpoch };
  return {
    ...row,
    // When a caller that says nothing of itself started, nobody knows.
    startedAt: row.via === 'ofrep' ? row.firstSeenAt : row.startedAt,
    state: instanceState(row, current, row.now),
    servesVersion: `${String(row.incarnation)}.${String(row.epoch)}`,
  };
}
