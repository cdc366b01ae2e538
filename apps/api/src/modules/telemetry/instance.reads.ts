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
  /** Running in production and heard of within the last hour; silent ones too. */
  total: number;
  /** Heard of within three intervals. */
  serving: number;
  silent: number;
  byOfrep: number;
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
                i.via, i.environment, i.is_public AS "isPublic", i.levers, i.started_at AS "startedAt",
                i.first_seen_at AS "firstSeenAt", i.seen_at AS "seenAt", i.stopped_at AS "stoppedAt", i.incarnation,
                i.epoch, i.serves_since AS "servesSince", i.is_fallback AS "isFallback",
                (SELECT r.alias FROM release r WHERE r.workflow_id = w.id AND r.digest = i.serves->0->>'release'
                 ORDER BY r.number DESC LIMIT 1) AS "servesAlias"
              FROM instance i WHERE ${known} ${following}
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
    return this.database.client.$queryRaw<InstanceCounts[]>`
      SELECT i.workflow_id::text AS "workflowId", count(*)::int AS total,
        (count(*) FILTER (WHERE ${lately}))::int AS serving, (count(*) FILTER (WHERE NOT ${lately}))::int AS silent,
        (count(*) FILTER (WHERE i.via = 'ofrep'))::int AS "byOfrep"
      FROM instance i WHERE i.workflow_id = ANY(${[...workflowIds]}::uuid[]) AND ${counted}
        AND i.seen_at > clock_timestamp() - INTERVAL '1 hour'
      GROUP BY i.workflow_id`;
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
