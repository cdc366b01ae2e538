import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface Listed {
  id: string;
  teamId: string;
  restricted: boolean;
}

const mostKnown = 20_000;

/**
 * Workflows by their full key, remembered: a key is never used for another workflow, so that what was found stays true.
 * Whether it is restricted may change, and says nothing to a key, which sees what it is bound to.
 */
@Injectable()
export class WorkflowDirectory {
  private readonly known = new Map<string, Listed>();

  constructor(private readonly database: Database) {}

  /** @param fullKeys `team.workflow`; those that there are not are missing from the answer. */
  async byFullKeys(fullKeys: readonly string[]): Promise<ReadonlyMap<string, Listed>> {
    const unknown = fullKeys.filter((key) => !this.known.has(key));
    if (unknown.length > 0) {
      if (this.known.size > mostKnown) this.known.clear();
      const rows = await this.database.client.$queryRaw<(Listed & { fullKey: string })[]>`
        SELECT w.id::text, w.team_id::text AS "teamId", w.restricted, t.key || '.' || w.key AS "fullKey"
        FROM unnest(${unknown}::text[]) AS asked(key)
        JOIN team t ON t.key = split_part(asked.key, '.', 1)
        JOIN workflow w ON w.team_id = t.id AND w.key = split_part(asked.key, '.', 2)`;
      for (const { fullKey, ...listed } of rows) this.known.set(fullKey, listed);
    }
    return this.known;
  }
}
