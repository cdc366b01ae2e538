import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import { Rounds } from '../rounds/rounds.js';
import { ChangeFeed } from './change-feed.js';

type OutboxRow = {
  id: string;
  topic: string;
  workflowId: string | null;
  teamId: string | null;
  restricted: boolean | null;
  createdAt: Date;
};

/** Takes events that acts left in the outbox and tells them on. Any replica takes any row; none is taken twice. */
@Injectable()
export class OutboxRelay implements OnApplicationShutdown {
  private readonly log: Logger;
  private readonly rounds = new Rounds();

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'outbox' });
  }

  start(everyMs: number): void {
    this.rounds.every(
      everyMs,
      () => this.relay(),
      (error) => this.log.warn({ error }, 'the outbox could not be read; it is tried again'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** @returns how many events were told on. */
  async relay(): Promise<number> {
    const rows = await this.database.client.$queryRaw<OutboxRow[]>`
      UPDATE outbox_event SET delivered_at = clock_timestamp(), attempts = attempts + 1
      WHERE id IN (SELECT id FROM outbox_event WHERE delivered_at IS NULL ORDER BY created_at LIMIT 500 FOR UPDATE SKIP LOCKED)
      RETURNING id, topic, workflow_id AS "workflowId", created_at AS "createdAt",
        (SELECT w.team_id FROM workflow w WHERE w.id = workflow_id) AS "teamId",
        (SELECT w.restricted FROM workflow w WHERE w.id = workflow_id) AS "restricted"`;
    for (const row of rows) {
      const { teamId } = row;
      this.changes.publish({
        workflowId: row.workflowId,
        workflow: teamId === null ? null : { teamId, restricted: row.restricted === true },
        topic: row.topic,
        subjectKind: 'outbox_event',
        subjectId: row.id,
        at: row.createdAt.toISOString(),
      });
    }
    return rows.length;
  }
}
