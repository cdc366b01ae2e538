import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ContractComponentModel } from '../../platform/database/generated/models.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { latestIds } from '../../platform/graphql/latest-ids.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { DraftContent } from './contract.domain.js';
import type { ComponentKind } from './contract.schema.js';
import type { Contract, ContractComponent } from './contract.types.js';

type Db = Pick<Tx, 'contractComponent' | 'contractPublication'>;

/** The components that a publication or a release pins, by id; null for a kind that it does not have. */
export interface PinnedComponents {
  coreId: string;
  outputId: string;
  retrievalId: string | null;
  toolsId: string | null;
  budgetsId: string | null;
}

export const idsOfKinds = (pinned: PinnedComponents): Record<ComponentKind, string | null> => ({
  core: pinned.coreId,
  output: pinned.outputId,
  retrieval: pinned.retrievalId,
  tools: pinned.toolsId,
  budgets: pinned.budgetsId,
});

export interface SavedDraft {
  /** 0 while nothing is saved. */
  revision: number;
  content: DraftContent;
  updatedAt: Date | null;
  updatedById: string | null;
}

const componentOf = (row: ContractComponentModel): ContractComponent => ({
  ...row,
  kind: row.kind as ComponentKind,
  content: JSON.parse(row.canonical) as unknown,
});

@Injectable()
export class ContractReads {
  constructor(private readonly database: Database) {}

  component(loaders: Loaders, id: string): Promise<ContractComponent | null> {
    return loaders
      .once('contractComponent', async (ids: readonly string[]) =>
        indexed(ids, await this.components(ids), (row) => row.id),
      )
      .load(id);
  }

  /** Components by id, in any order. */
  async components(ids: readonly string[], db: Db = this.database.client): Promise<ContractComponent[]> {
    const rows = await db.contractComponent.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(componentOf);
  }

  async contractOf(loaders: Loaders, pinned: PinnedComponents): Promise<Contract> {
    const load = (id: string | null) => (id === null ? null : this.component(loaders, id));
    const [core, output, retrieval, tools, budgets] = await Promise.all([
      load(pinned.coreId),
      load(pinned.outputId),
      load(pinned.retrievalId),
      load(pinned.toolsId),
      load(pinned.budgetsId),
    ]);
    return { core, output, retrieval, tools, budgets, complete: core !== null && output !== null };
  }

  /** What the latest publication is made of; null while there is none. */
  published(loaders: Loaders, workflowId: string): Promise<PinnedComponents | null> {
    return loaders
      .once('contractPublished', async (ids: readonly string[]) => {
        const newest = { table: 'contract_publication', orderBy: 'number' };
        const where = { id: { in: await latestIds(this.database.client, newest, ids) } };
        const rows = await this.database.client.contractPublication.findMany({ where });
        return indexed(ids, rows, (row) => row.workflowId);
      })
      .load(workflowId);
  }

  /** The latest publication, inside an act's transaction. */
  latestPublication(workflowId: string, db: Db) {
    return db.contractPublication.findFirst({ where: { workflowId }, orderBy: { number: 'desc' } });
  }

  async draft(loaders: Loaders, workflowId: string): Promise<SavedDraft> {
    const loader = loaders.once('contractDraft', async (ids: readonly string[]) => {
      const rows = await this.database.client.contractDraft.findMany({
        where: { workflowId: { in: [...ids] } },
      });
      return indexed(ids, rows, (row) => row.workflowId);
    });
    const row = await loader.load(workflowId);
    if (!row) return { revision: 0, content: {}, updatedAt: null, updatedById: null };
    return { ...row, content: row.content as DraftContent };
  }

  /** Every version of the components of these workflows, for who wrote what since when. */
  trails(workflowIds: readonly string[], db: Db = this.database.client) {
    return db.contractComponent.findMany({
      where: { workflowId: { in: [...workflowIds] } },
      select: { id: true, workflowId: true, kind: true, number: true, authorId: true },
    });
  }
}
