import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Cursor, Page } from '../../platform/graphql/connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LiveFilterValues } from './as-of.schema.js';
import type { LivePointer } from './as-of.types.js';
import type { TimeWindow } from './time-window.domain.js';

export type LivePage = { rows: LivePointer[]; total: number };

const cursorKey = z.tuple([z.string(), z.int().min(0).max(1000), z.iso.datetime()]);
/** Before anything that PostgreSQL or the registry could know of. */
const beginning = new Date(0);
const later = (time: Date) => (time < beginning ? beginning : time).toISOString();

/** Where in the order of the list a pointer stands. */
export function cursorOf(row: LivePointer): Cursor {
  return { key: JSON.stringify([row.fullKey, row.position, row.since.toISOString()]), id: row.id };
}

/**
 * What was live in a time, across workflows: a read model of its own over occupancies, stages and workflows. What lay
 * over the pointers is OverlayReads' to say.
 */
@Injectable()
export class LiveReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  /** Three statements, whatever the size of the page. */
  async page(actor: Actor, window: TimeWindow, filter: LiveFilterValues, page: Page): Promise<LivePage> {
    const where = Prisma.join(await this.conditions(actor, window, filter), ' AND ');
    const [rows, [count]] = await Promise.all([
      this.rows(where, window, page),
      this.database.client.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM occupancy o JOIN workflow w ON w.id = o.workflow_id WHERE ${where}`,
    ]);
    return { rows, total: count?.total ?? 0 };
  }

  /** The next rows of an export: like a page, without counting. */
  async following(
    actor: Actor,
    window: TimeWindow,
    filter: LiveFilterValues,
    { take, after }: { take: number; after: Cursor | null },
  ): Promise<LivePointer[]> {
    const where = Prisma.join(await this.conditions(actor, window, filter), ' AND ');
    return this.rows(where, window, { take, skip: 0, after });
  }

  private rows(where: Prisma.Sql, window: TimeWindow, page: Page): Promise<LivePointer[]> {
    return this.database.client.$queryRaw<Omit<LivePointer, 'window'>[]>`
        SELECT o.id::text, o.workflow_id::text AS "workflowId", t.key || '.' || w.key AS "fullKey",
          o.stage_key AS "stageKey", s.position, o.stage_revision_id::text AS "stageRevisionId",
          o.release_id::text AS "releaseId", o."from" AS since, o."to" AS until, o.origin,
          o.promotion_id::text AS "promotionId", o.adoption_id::text AS "adoptionId",
          o.readiness_record_id::text AS "readinessRecordId", o.ledger_entry_id::text AS "ledgerEntryId",
          o.end_ledger_entry_id::text AS "endLedgerEntryId"
        FROM occupancy o
        JOIN workflow w ON w.id = o.workflow_id JOIN team t ON t.id = w.team_id
        JOIN stage s ON s.workflow_id = o.workflow_id AND s.key = o.stage_key
        WHERE ${where} ${following(page.after)}
        ORDER BY (t.key || '.' || w.key) COLLATE "C", s.position, o."from", o.id
        LIMIT ${page.take}::int OFFSET ${page.skip}::int`.then((rows) =>
      rows.map((row) => ({ ...row, window })),
    );
  }

  private async conditions(
    actor: Actor,
    { from, to }: TimeWindow,
    { workflowId, teamId, stageKey }: LiveFilterValues,
  ): Promise<Prisma.Sql[]> {
    const hidden = await this.workflows.hiddenFrom(actor);
    const began =
      to === null
        ? Prisma.sql`o."from" <= ${later(from)}::timestamptz`
        : Prisma.sql`o."from" < ${later(to)}::timestamptz`;
    return [
      Prisma.sql`${began} AND (o."to" IS NULL OR (o."to" > ${later(from)}::timestamptz AND o."to" > o."from"))`,
      ...(hidden.length > 0 ? [Prisma.sql`w.id <> ALL(${hidden}::uuid[])`] : []),
      ...(workflowId ? [Prisma.sql`w.id = ${workflowId}::uuid`] : []),
      ...(teamId ? [Prisma.sql`w.team_id = ${teamId}::uuid`] : []),
      ...(stageKey ? [Prisma.sql`o.stage_key = ${stageKey}`] : []),
    ];
  }
}

function following(after: Cursor | null): Prisma.Sql {
  if (!after) return Prisma.empty;
  const [fullKey, position, since] = cursorKeyOf(after);
  return Prisma.sql`AND ((t.key || '.' || w.key) COLLATE "C", s.position, o."from", o.id)
    > (${fullKey}::text COLLATE "C", ${position}::int, ${since}::timestamptz, ${after.id}::uuid)`;
}

function cursorKeyOf(after: Cursor) {
  try {
    return cursorKey.parse(JSON.parse(after.key));
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a cursor of this list', ['after']);
  }
}
