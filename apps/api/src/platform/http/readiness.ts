import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../database/database.js';

const patienceMs = 2000;

/** Whether this process can serve requests now: the database answers, its migrations are done, nobody stops us. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private stopping = false;

  constructor(private readonly database: Database) {}

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Names of what is missing, for people; empty when ready. */
  async missing(): Promise<string[]> {
    if (this.stopping) return ['shutdown'];
    try {
      return (await this.withinPatience(this.unfinishedMigrations())) === 0 ? [] : ['migrations'];
    } catch {
      return ['database'];
    }
  }

  private async unfinishedMigrations(): Promise<number> {
    const rows = await this.database.client.$queryRaw<{ unfinished: number }[]>`
      SELECT count(*)::int AS unfinished FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
    return rows[0]?.unfinished ?? 1;
  }

  private async withinPatience<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The database does not answer')), patienceMs);
    });
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
