import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Rounds } from '../../platform/rounds/rounds.js';
import { EffectReads } from './effect.reads.js';
import { InstanceChanges } from './instance-changes.service.js';
import { ObservationWriter } from './observation-writer.service.js';

/** Milliseconds between two measurements of the same workflow, and between looks at rollbacks nobody acknowledged. */
const measureEvery = 250;
const lookEvery = 5_000;

/**
 * Keeps with each rollback its measured effect, as acknowledgements come in: an observation, in any replica, which says
 * the same whoever writes it. What is complete is not touched again; after an hour what there is stands.
 */
@Injectable()
export class EffectService implements OnModuleInit, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly waiting = new Set<string>();
  private readonly rounds = new Rounds();

  constructor(
    private readonly database: Database,
    private readonly writer: ObservationWriter,
    private readonly effects: EffectReads,
    private readonly changes: InstanceChanges,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'telemetry' });
  }

  onModuleInit(): void {
    this.writer.written(({ acknowledgements, reports }) => {
      for (const { workflowId } of acknowledgements) this.waiting.add(workflowId);
      for (const { workflowId, stopping } of reports) if (stopping) this.waiting.add(workflowId);
    });
    const failed = (error: unknown) =>
      this.log.debug({ error }, 'the effect of rollbacks was not measured; again later');
    this.rounds.every(
      measureEvery,
      async () => {
        if (this.waiting.size > 0) await this.measure([...this.waiting]);
      },
      failed,
    );
    this.rounds.every(lookEvery, () => this.measure(null), failed);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Measures the rollbacks of these workflows, or all, that are still open. */
  async measure(workflowIds: readonly string[] | null): Promise<void> {
    for (const id of workflowIds ?? []) this.waiting.delete(id);
    const open = await this.database.client.$queryRaw<{ id: string; workflowId: string }[]>`
      SELECT b.id::text, b.workflow_id::text AS "workflowId" FROM rollback b
      LEFT JOIN rollback_effect e ON e.rollback_id = b.id
      WHERE b.applied_at > clock_timestamp() - INTERVAL '1 hour' AND e.completed_at IS NULL
        AND (${workflowIds === null} OR b.workflow_id = ANY(${[...(workflowIds ?? [])]}::uuid[]))`;
    if (open.length === 0) return;
    const effects = await this.effects.of(open.map(({ id }) => id));
    const rows = [...effects].map(([id, { expected, confirmed, slowestMs, completedAt }]) => ({
      ...{
        id,
        expected,
        confirmed,
        slowestMs,
        completedAt: completedAt && new Date(completedAt).toISOString(),
      },
    }));
    const changed = await this.database.client.$queryRaw<{ id: string }[]>`
      INSERT INTO rollback_effect AS e (rollback_id, expected, confirmed, slowest_ms, completed_at, updated_at)
      SELECT r.id, r.expected, r.confirmed, r."slowestMs", r."completedAt", clock_timestamp()
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, expected int, confirmed int,
        "slowestMs" int, "completedAt" timestamptz)
      ORDER BY r.id
      ON CONFLICT (rollback_id) DO UPDATE SET expected = excluded.expected, confirmed = excluded.confirmed,
        slowest_ms = excluded.slowest_ms, completed_at = excluded.completed_at, updated_at = excluded.updated_at
      WHERE e.completed_at IS NULL AND (e.expected, e.confirmed, e.slowest_ms, e.completed_at)
        IS DISTINCT FROM (excluded.expected, excluded.confirmed, excluded.slowest_ms, excluded.completed_at)
      RETURNING rollback_id::text AS id`;
    for (const { id, workflowId } of open)
      if (changed.some((row) => row.id === id)) this.changes.mark(workflowId);
  }
}
