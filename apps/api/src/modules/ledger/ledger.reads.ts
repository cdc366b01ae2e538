import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { LedgerEntryModel } from '../../platform/database/generated/models.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { indexed } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { ledgerFilter, type LedgerFilterValues } from './ledger.schema.js';
import type { LedgerEntry } from './ledger.types.js';

const entryOf = (row: LedgerEntryModel): LedgerEntry => ({ ...row, seq: Number(row.seq) });

function whereOf(filter: LedgerFilterValues): Prisma.LedgerEntryWhereInput {
  const { chain, act, actorId, subjectKind, subjectId, from, to } = filter;
  return {
    ...(chain ? { chain } : {}),
    // The name of an act, or the first part of one: "promotion" finds all of them.
    ...(act ? { act: act.includes('.') ? act : { startsWith: act } } : {}),
    ...(actorId ? { actorId } : {}),
    ...(subjectKind ? { subjectKind } : {}),
    ...(subjectId ? { subjectId } : {}),
    ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
  };
}

/** Entries newest first. Those of a restricted workflow are not there for who may not see it. */
@Injectable()
export class LedgerReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  async page(actor: Actor, args: ConnectionArgs, rawFilter: unknown) {
    const page = pageOf(args);
    const hidden = await this.workflows.hiddenFrom(actor);
    const where: Prisma.LedgerEntryWhereInput = {
      AND: [
        whereOf(parse(ledgerFilter, rawFilter, 'filter')),
        hidden.length > 0 ? { chain: { notIn: hidden }, subjectId: { notIn: hidden } } : {},
      ],
    };
    const after = keysetWhere('at', 'desc', page.after, instantKey);
    const [rows, total] = await Promise.all([
      this.database.client.ledgerEntry.findMany({
        where: { AND: [where, after] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: page.take,
        skip: page.skip,
      }),
      this.database.client.ledgerEntry.count({ where }),
    ]);
    return toConnection(rows.map(entryOf), page, total, (row) => ({ key: row.at.toISOString(), id: row.id }));
  }

  /** Every act of a workflow, newest first, from the one that registered it. Batched over the workflows of a request. */
  ofWorkflow(loaders: Loaders, workflowId: string, args: ConnectionArgs) {
    const { client } = this.database;
    const list = {
      name: 'workflowActivity',
      table: 'ledger_entry',
      belongs: Prisma.sql`t.chain = p.id::text`,
      orderBy: 'at',
      keyType: 'instant' as const,
      rows: async (ids: string[]) =>
        (await client.ledgerEntry.findMany({ where: { id: { in: ids } } })).map(entryOf),
      cursorOf: (row: LedgerEntry) => ({ key: row.at.toISOString(), id: row.id }),
    };
    return nestedConnection(client, loaders, list, workflowId, args);
  }

  /** The free text beside an entry, or null when there is none or it was erased. */
  async reason(loaders: Loaders, entryId: string): Promise<string | null> {
    const loader = loaders.once('ledgerReason', async (ids: readonly string[]) => {
      const rows = await this.database.client.ledgerReason.findMany({ where: { entryId: { in: [...ids] } } });
      return indexed(ids, rows, (row) => row.entryId);
    });
    return (await loader.load(entryId))?.text ?? null;
  }
}
