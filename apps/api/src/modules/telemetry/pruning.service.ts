import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Rounds } from '../../platform/rounds/rounds.js';

/** Milliseconds. */
const every = 3_600_000;
/** Rows of one statement, so that none takes long. */
const most = 10_000;

/** How long observations are kept, in days; what they came to (a rollback's effect) is kept for good. */
export const keptDays = { instance: 30, acknowledgement: 7, servedCount: 400, driftFinding: 90 } as const;

const rules = [
  { table: 'instance', old: Prisma.sql`seen_at`, days: keptDays.instance },
  { table: 'acknowledgement', old: Prisma.sql`at`, days: keptDays.acknowledgement },
  { table: 'served_count', old: Prisma.sql`hour`, days: keptDays.servedCount },
  { table: 'drift_finding', old: Prisma.sql`coalesce(ended_at, last_at)`, days: keptDays.driftFinding },
];

/** Removes old observations, once an hour, in whichever replica. No act and nothing of the ledger is ever removed. */
@Injectable()
export class PruningService implements OnModuleInit, OnApplicationShutdown {
  private readonly rounds = new Rounds();

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.rounds.every(
      every,
      () => this.prune(),
      (error) =>
        this.logger.warn({ error }, 'old observations were not removed; it is tried again in an hour'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** @returns how many rows went. */
  async prune(): Promise<number> {
    let removed = 0;
    for (const { table, old, days } of rules) {
      const name = Prisma.raw(table);
      let last: number;
      do {
        last = await this.database.client.$executeRaw`
          DELETE FROM ${name} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM ${name} WHERE ${old} < clock_timestamp() - ${days}::int * INTERVAL '1 day' LIMIT ${most}))`;
        removed += last;
      } while (last === most);
    }
    return removed;
  }
}
