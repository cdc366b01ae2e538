import { Injectable } from '@nestjs/common';
import type { AdoptionModel } from '../../platform/database/generated/models.js';
import { Database } from '../../platform/database/database.js';
import { indexed } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Adoption } from './adoption.types.js';

/** As it is stored: times as ISO text. */
export type StoredDebt = { checkId: string; stageKey: string; dueAt: string };

const adoptionOf = (row: AdoptionModel): Adoption => ({
  ...row,
  debts: (row.debts as StoredDebt[]).map((debt) => ({ ...debt, dueAt: new Date(debt.dueAt) })),
});

export interface OwedDebt {
  checkId: string;
  stageKey: string;
  dueAt: Date;
  /** The release that was adopted; its debts end where something else enters. */
  releaseId: string;
}

/** How workflows that were live before came here, and what they owe since. */
@Injectable()
export class AdoptionReads {
  constructor(private readonly database: Database) {}

  async ofWorkflow(loaders: Loaders, workflowId: string): Promise<Adoption | null> {
    const loader = loaders.once<string, Adoption>('adoption', async (ids) => {
      const rows = await this.database.client.adoption.findMany({ where: { workflowId: { in: [...ids] } } });
      return indexed(ids, rows.map(adoptionOf), (row) => row.workflowId);
    });
    return loader.load(workflowId);
  }

  async byId(id: string): Promise<Adoption | null> {
    const row = await this.database.client.adoption.findUnique({ where: { id } });
    return row && adoptionOf(row);
  }

  /** What was owed when it was adopted; empty for a workflow that never was. */
  async owed(workflowId: string): Promise<OwedDebt[]> {
    const row = await this.database.client.adoption.findUnique({ where: { workflowId } });
    return ((row?.debts ?? []) as StoredDebt[]).map(({ checkId, stageKey, dueAt }) => ({
      ...{ checkId, stageKey, dueAt: new Date(dueAt), releaseId: row?.releaseId ?? '' },
    }));
  }
}
