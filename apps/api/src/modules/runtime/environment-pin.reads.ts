import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { EnvironmentPin } from './environment-pin.types.js';

@Injectable()
export class EnvironmentPinReads {
  constructor(private readonly database: Database) {}

  /** In the order of the environments' names; one that is not here serves the newest release. */
  async ofWorkflow(loaders: Loaders, workflowId: string): Promise<EnvironmentPin[]> {
    const loader = loaders.once<string, EnvironmentPin[]>('environmentPin.ofWorkflow', async (ids) => {
      const rows = await this.database.client.environmentPin.findMany({
        where: { workflowId: { in: [...ids] }, releaseId: { not: null } },
        orderBy: { environment: 'asc' },
      });
      const pinned = rows.flatMap(({ releaseId, ...row }) =>
        releaseId === null ? [] : { ...row, releaseId },
      );
      return grouped(ids, pinned, (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }
}
