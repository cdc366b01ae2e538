import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { LedgerEntryModel, LedgerReasonModel } from '../../platform/database/generated/models.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { organisationChain, type LedgerContent } from '../../platform/ledger/ledger-entry.domain.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LedgerEntry } from './ledger.types.js';

const entryOf = (row: LedgerEntryModel): LedgerEntry => ({ ...row, seq: Number(row.seq) });

type Place = { chain: string; seq: number };

/** Things of one workflow, all of whose acts are asked for, and others of which only one act is. */
export interface Subjects {
  chain: string;
  ids: readonly string[];
  act: string;
  others: readonly string[];
}

/** Entries one at a time, with what stands beside them. Batched over the request. */
@Injectable()
export class LedgerEntryReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  load(loaders: Loaders, id: string): Promise<LedgerEntry | null> {
    return loaders
      .once<string, LedgerEntry>('ledgerEntry', async (ids) => {
        const where = { id: { in: ids.filter(isUuid) } };
        const rows = await this.database.client.ledgerEntry.findMany({ where });
        return indexed(ids, rows.map(entryOf), (row) => row.id);
      })
      .load(id);
  }

  /** An entry that something points to; entries are never removed. */
  async must(loaders: Loaders, id: string): Promise<LedgerEntry> {
    const entry = await this.load(loaders, id);
    if (!entry) throw new Error(`There is no ledger entry ${id}`);
    return entry;
  }

  /** What was done to these things in one chain, oldest first; of these others, only the act named. */
  async about(loaders: Loaders, asked: Subjects): Promise<LedgerEntry[]> {
    const loader = loaders.once<Subjects, LedgerEntry[]>('ledgerAbout', async (all) => {
      const where = {
        OR: all.flatMap(({ chain, ids, act, others }) => [
          { chain, subjectId: { in: [...ids] } },
          { chain, act, subjectId: { in: [...others] } },
        ]),
      };
      const rows = await this.database.client.ledgerEntry.findMany({ where, orderBy: { seq: 'asc' } });
      const entries = rows.map(entryOf);
      return all.map(({ chain, ids, act, others }) =>
        entries.filter(
          (entry) =>
            entry.chain === chain &&
            (ids.includes(entry.subjectId) || (entry.act === act && others.includes(entry.subjectId))),
        ),
      );
    });
    return (await loader.load(asked)) ?? [];
  }

  /** Null also for one that is in, or about, a workflow that the actor may not see. */
  async visible(loaders: Loaders, actor: Actor, id: string): Promise<LedgerEntry | null> {
    const entry = await this.load(loaders, id);
    if (!entry) return null;
    const hidden = await this.hidden(loaders, actor);
    return hidden.has(entry.chain) || hidden.has(entry.subjectId) ? null : entry;
  }

  /** Ids of workflows that the actor does not see; asked once a request. */
  private async hidden(loaders: Loaders, actor: Actor): Promise<Set<string>> {
    const loader = loaders.once<string, Set<string>>('hiddenWorkflows', async () => [
      new Set(await this.workflows.hiddenFrom(actor)),
    ]);
    return (await loader.load(actor.id)) ?? new Set();
  }

  /** An entry by its place: null before the first, after the last, and where the actor may not see its subject. */
  async at(loaders: Loaders, actor: Actor, place: Place): Promise<LedgerEntry | null> {
    const loader = loaders.once<Place, LedgerEntry>('ledgerEntryAt', async (places) => {
      const where = { OR: places.map(({ chain, seq }) => ({ chain, seq })) };
      const rows = (await this.database.client.ledgerEntry.findMany({ where })).map(entryOf);
      const keys = places.map(({ chain, seq }) => `${chain} ${String(seq)}`);
      return indexed(keys, rows, (row) => `${row.chain} ${String(row.seq)}`);
    });
    const entry = await loader.load(place);
    return entry && this.visible(loaders, actor, entry.id);
  }

  /** Whose chain it is; null for that of the organisation. */
  workflowOf(loaders: Loaders, actor: Actor, { chain }: LedgerEntry) {
    return chain === organisationChain ? null : this.workflows.load(loaders, actor, chain);
  }

  /** The persons who answer for the act, as its bytes say. */
  responsibleIds({ canonical }: LedgerEntry): string[] {
    return (JSON.parse(canonical) as Pick<LedgerContent, 'actor'>).actor.responsible;
  }

  /** The row that holds the free text: null where the act had none, its text null once erased. */
  reasonBeside(loaders: Loaders, entryId: string): Promise<LedgerReasonModel | null> {
    return loaders
      .once<string, LedgerReasonModel>('ledgerReason', async (ids) => {
        const where = { entryId: { in: [...ids] } };
        return indexed(
          ids,
          await this.database.client.ledgerReason.findMany({ where }),
          (row) => row.entryId,
        );
      })
      .load(entryId);
  }
}
