import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface Version {
  incarnation: number;
  epoch: number;
}

/** Milliseconds for which a version that was read is taken to be the latest: who is behind learns it by the stream anyway. */
const freshFor = 250;
const mostKnown = 20_000;

export const isBefore = (one: Version, other: Version): boolean =>
  one.incarnation < other.incarnation || (one.incarnation === other.incarnation && one.epoch < other.epoch);

/** The versions that workflows serve now, for answers that thousands of instances wait for. */
@Injectable()
export class LatestVersions {
  private readonly known = new Map<string, Version & { readAt: number }>();
  /** Who asks while it is being read waits for the same reading. */
  private readonly underway = new Map<string, Promise<void>>();

  constructor(private readonly database: Database) {}

  /** By the workflow's id. One statement for all that are not fresh. */
  async of(workflowIds: readonly string[]): Promise<ReadonlyMap<string, Version>> {
    const now = performance.now();
    const stale = workflowIds.filter((id) => (this.known.get(id)?.readAt ?? -Infinity) < now - freshFor);
    const missing = stale.filter((id) => !this.underway.has(id));
    if (missing.length > 0) {
      const reading = this.read(missing, now).finally(() => {
        for (const id of missing) this.underway.delete(id);
      });
      for (const id of missing) this.underway.set(id, reading);
    }
    await Promise.all(stale.flatMap((id) => this.underway.get(id) ?? []));
    return this.known;
  }

  private async read(ids: readonly string[], readAt: number): Promise<void> {
    if (this.known.size > mostKnown) this.known.clear();
    const rows = await this.database.client.$queryRaw<({ id: string } & Version)[]>`
      SELECT id::text, incarnation, epoch FROM workflow WHERE id = ANY(${[...ids]}::uuid[])`;
    for (const { id, incarnation, epoch } of rows) this.known.set(id, { incarnation, epoch, readAt });
  }
}
