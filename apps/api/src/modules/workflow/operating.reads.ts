import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { latestIds } from '../../platform/graphql/latest-ids.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { OperatingRecord } from './operating.types.js';

@Injectable()
export class OperatingReads {
  constructor(private readonly database: Database) {}

  /** The latest version; null while there is none. */
  latest(loaders: Loaders, workflowId: string): Promise<OperatingRecord | null> {
    return loaders
      .once('operatingRecord', async (ids: readonly string[]) => {
        const newest = { table: 'operating_record', orderBy: 'version' };
        const where = { id: { in: await latestIds(this.database.client, newest, ids) } };
        const rows = await this.database.client.operatingRecord.findMany({ where });
        const records = rows.map((row) => ({ ...row, content: JSON.parse(row.canonical) as unknown }));
        return indexed(ids, records, (row) => row.workflowId);
      })
      .load(workflowId);
  }
}
