import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';

export type KeyName = { id: string; name: string; prefix: string };

/** What a key is called, for whoever reads what was done with it. */
@Injectable()
export class KeyNameReads {
  constructor(private readonly database: Database) {}

  /** Batched over the request. */
  load(loaders: Loaders, id: string): Promise<KeyName | null> {
    return loaders
      .once<string, KeyName>('keyName', async (ids) => {
        const rows = await this.database.client.apiKey.findMany({
          where: { id: { in: ids.filter(isUuid) } },
          select: { id: true, name: true, prefix: true },
        });
        return indexed(ids, rows, (row) => row.id);
      })
      .load(id);
  }
}
