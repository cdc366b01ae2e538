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
import { liveStatement } from './live-statement.js';
import type { TimeWindow } from './time-window.domain.js';

export type LivePage = { rows: LivePointer[]; total: number };

const cursorKey = z.tuple([z.string(), z.int().min(0).max(1000), z.iso.datetime()]);
/** Whoever is in no stage comes after every stage. */
const noStage = 1000;

/** Where in the order of the list a pointer stands. */
export function cursorOf(row: LivePointer): Cursor {
  return { key: JSON.stringify([row.fullKey, row.position ?? noStage, row.since.toISOString()]), id: row.id };
}

/**
 * What was live in a time, across workflows, and where something lay while nothing was: a read model of its own over
 * occupancies, overlays, stages and workflows. What it is that lay there is OverlayReads' to say.
 */
@Injectable()
export class LiveReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  /** Three statements, whatever the size of the page. */
  async page(actor: Actor, window: TimeWindow, filter: LiveFilterValues, page: Page): Promise<LivePage> {
    const asked = await this.asked(actor, window, filter);
    const [rows, [count]] = await Promise.all([
      this.rows(asked, window, page),
      this.database.client.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM (${asked}) l`,
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
    return this.rows(await this.asked(actor, window, filter), window, { take, skip: 0, after });
  }

  private rows(asked: Prisma.Sql, window: TimeWindow, page: Page): Promise<LivePointer[]> {
    return this.database.client.$queryRaw<Omit<LivePointer, 'window'>[]>`
        SELECT l.id::text, l.workflow_id::text AS "workflowId", l.full_key AS "fullKey", l.stage_key AS "stageKey",
          nullif(l.position, ${noStage}) AS position, o.stage_revision_id::text AS "stageRevisionId",
          o.release_id::text AS "releaseId", l.since, l.until, coalesce(o.origin, 'overlay') AS origin,
          o.promotion_id::text AS "promotionId", o.adoption_id::text AS "adoptionId",
          o.readiness_record_id::text AS "readinessRecordId", o.ledger_entry_id::text AS "ledgerEntryId",
          o.end_ledger_entry_id::text AS "endLedgerEntryId", l.overlay_ids AS "overlayIds"
        FROM (${asked}) l LEFT JOIN occupancy o ON o.id = l.id
        WHERE TRUE ${following(page.after)}
        ORDER BY l.full_key COLLATE "C", l.position, l.since, l.id
        LIMIT ${page.take}::int OFFSET ${page.skip}::int`.then((rows) =>
      rows.map((row) => ({ ...row, window })),
    );
  }

  private async asked(actor: Actor, window: TimeWindow, filter: LiveFilterValues): Promise<Prisma.Sql> {
    return liveStatement(window, filter, await this.workflows.hiddenFrom(actor), noStage);
  }
}

function following(after: Cursor | null): Prisma.Sql {
  if (!after) return Prisma.empty;
  const [fullKey, position, since] = cursorKeyOf(after);
  return Prisma.sql`AND (l.full_key COLLATE "C", l.position, l.since, l.id)
    > (${fullKey}::text COLLATE "C", ${position}::int, ${since}::timestamptz, ${after.id}::uuid)`;
}

function cursorKeyOf(after: Cursor) {
  try {
    return cursorKey.parse(JSON.parse(after.key));
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a cursor of this list', ['after']);
  }
}
