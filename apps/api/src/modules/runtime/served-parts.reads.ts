import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { CandidateParts, ServedParts } from './compile-snapshot.domain.js';

export interface VersionRow {
  workflowId: string;
  incarnation: number;
  epoch: number;
}

/** What moves of what workflows serve. Each question is one statement, whatever the number of workflows. */
@Injectable()
export class ServedPartsReads {
  constructor(
    private readonly database: Database,
    private readonly clock: DoorClock,
  ) {}

  /**
   * Grows whenever a version does, or a workflow comes or goes; equal marks mean that nothing changed.
   * `candidates` is the same for what other environments serve.
   */
  async marks(): Promise<{ served: string; candidates: string }> {
    const [row] = await this.database.client.$queryRaw<{ served: string; candidates: string }[]>`
      SELECT concat_ws('/', count(*), count(w.retired_at), sum(w.incarnation), sum(w.epoch)) AS served,
        concat_ws('/', count(*), count(w.retired_at), sum(w.last_release_number),
          (SELECT count(*) FROM contract_publication),
          (SELECT concat_ws('.', count(*), max(pinned_at)) FROM environment_pin)) AS candidates
      FROM workflow w`;
    return row ?? { served: '', candidates: '' };
  }

  /** Of every workflow that is not retired. */
  versions(): Promise<VersionRow[]> {
    return this.database.client.$queryRaw<VersionRow[]>`
      SELECT id::text AS "workflowId", incarnation, epoch FROM workflow WHERE retired_at IS NULL`;
  }

  ofWorkflows(ids: readonly string[]): Promise<ServedParts[]> {
    const now = this.clock.now().toISOString();
    const [id] = ids;
    // Of one, after each act: a list would have PostgreSQL plan the statement anew every time it is sent.
    const asked =
      ids.length === 1 ? Prisma.sql`w.id = ${id}::uuid` : Prisma.sql`w.id = ANY(${[...ids]}::uuid[])`;
    return this.database.client.$queryRaw<ServedParts[]>`
      SELECT w.id::text AS "workflowId", w.team_id::text AS "teamId", t.key || '.' || w.key AS key,
        w.retired_at IS NOT NULL AS retired, w.incarnation, w.epoch,
        (SELECT coalesce(json_agg(json_build_object('key', s.key, 'audience', r.canonical::json -> 'audience',
            'cap', r.canonical::json -> 'cap', 'public', r.canonical::json -> 'public', 'releaseId', o.release_id)
            ORDER BY s.position), '[]')
          FROM stage s JOIN stage_revision r ON r.id = s.current_revision_id
          LEFT JOIN occupancy o ON o.workflow_id = s.workflow_id AND o.stage_key = s.key AND o."to" IS NULL
          WHERE s.workflow_id = w.id) AS stages,
        (SELECT coalesce(json_agg(json_build_object('id', o.id, 'stageKey', o.stage_key, 'segment', o.segment,
            'levers', o.levers, 'to', floor(extract(epoch FROM o."to") * 1000)) ORDER BY o."from", o.id), '[]')
          FROM overlay o WHERE o.workflow_id = w.id AND o.end_ledger_entry_id IS NULL
            AND (o."to" IS NULL OR o."to" > ${now}::timestamptz)) AS overlays,
        (SELECT coalesce(json_agg(json_build_object('releaseId', q.release_id, 'stageKey', q.stage_key,
            'segment', q.segment) ORDER BY q.id), '[]')
          FROM quarantine q WHERE q.workflow_id = w.id AND q.cleared_at IS NULL) AS quarantines,
        (SELECT c.canonical::json -> 'failureBehaviour' FROM contract_publication p
          JOIN contract_component c ON c.id = p.core_id
          WHERE p.workflow_id = w.id ORDER BY p.number DESC LIMIT 1) AS failure
      FROM workflow w JOIN team t ON t.id = w.team_id WHERE ${asked}`;
  }

  /**
   * Of all workflows, what one other environment serves. The chain's length stands for the epoch: every act that could
   * change the answer makes it longer, on whichever replica it is asked.
   */
  candidates(
    environment: string,
    ids: readonly string[] | null,
  ): Promise<(CandidateParts & { teamId: string })[]> {
    return this.database.client.$queryRaw<(CandidateParts & { teamId: string })[]>`
      SELECT w.id::text AS "workflowId", w.team_id::text AS "teamId", t.key || '.' || w.key AS key,
        ${environment}::text AS environment, w.incarnation, c.seq::int AS epoch,
        coalesce(
          (SELECT p.release_id::text FROM environment_pin p WHERE p.workflow_id = w.id AND p.environment = ${environment}),
          (SELECT r.id::text FROM release r WHERE r.workflow_id = w.id AND r.origin = 'registered'
            ORDER BY r.number DESC LIMIT 1)) AS "releaseId",
        (SELECT k.canonical::json -> 'failureBehaviour' FROM contract_publication p
          JOIN contract_component k ON k.id = p.core_id
          WHERE p.workflow_id = w.id ORDER BY p.number DESC LIMIT 1) AS failure
      FROM workflow w JOIN team t ON t.id = w.team_id JOIN ledger_chain c ON c.chain = w.id::text
      WHERE w.retired_at IS NULL AND (${ids === null} OR w.id = ANY(${[...(ids ?? [])]}::uuid[]))`;
  }
}
