import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../database/database.js';

const patienceMs = 2000;

/** Milliseconds for which a replica may be behind and still count as ready. */
const lagAllowedMs = 2000;

/** A version of what is served that this replica does not serve yet, or may not. Ids only: anybody may ask. */
export interface Lag {
  /** Null: what there is could not be read. */
  workflowId: string | null;
  incarnation: number;
  epoch: number;
  since: Date;
}

/** Whether this process can serve requests now: the database answers, its migrations are done, nobody stops us. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private stopping = false;
  private readonly watched = new Set<() => readonly Lag[]>();

  constructor(private readonly database: Database) {}

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** @param lag asked whenever somebody asks whether this replica is ready */
  watch(lag: () => readonly Lag[]): void {
    this.watched.add(lag);
  }

  /** What this replica does not serve yet, the longest first. */
  behind(): Lag[] {
    const all = [...this.watched].flatMap((lag) => lag());
    return all.sort((one, other) => one.since.getTime() - other.since.getTime());
  }

  /** Names of what is missing, for people; empty when ready. */
  async missing(): Promise<string[]> {
    if (this.stopping) return ['shutdown'];
    const late = this.behind().some(({ since }) => Date.now() - since.getTime() > lagAllowedMs);
    const snapshots = late ? ['snapshots'] : [];
    try {
      return (await this.withinPatience(this.unfinishedMigrations())) === 0
        ? snapshots
        : ['migrations', ...snapshots];
    } catch {
      return ['database', ...snapshots];
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
