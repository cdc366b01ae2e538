import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Actor } from '../../platform/identity/actor.js';
import { organisationChain } from '../../platform/ledger/ledger-entry.domain.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LedgerExportQuery } from './ledger-export.schema.js';

/** Entries of one chain, numbers `after` + 1 to `upTo`. */
export interface EntryRange {
  chain: string;
  after: number;
  upTo: number;
}

/** What an export will hold, fixed before its first line: what is recorded later is in the next one. */
export interface ExportPlan {
  chain: string | null;
  reasons: boolean;
  /** Number of the checkpoint before the first entry, 0 from the beginning, and of the last one that is exported. */
  after: number;
  upTo: number;
  checkpoints: number;
  entries: number;
  /** What the last checkpoint does not cover yet. */
  tail: EntryRange[];
}

type Place = { number: number; entries: number };
const beginning: Place = { number: 0, entries: 0 };

@Injectable()
export class ExportPlanReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  /** @throws Refusal NOT_FOUND for a chain that is not there, or that the actor may not know of. */
  async plan(actor: Actor, query: LedgerExportQuery): Promise<ExportPlan> {
    const { from, to, reasons } = query;
    const chain = query.chain ?? null;
    if (from && to && to < from)
      throw new Refusal('INVALID_INPUT', 'The end lies before the beginning', ['query', 'to']);
    if (chain !== null) await this.mustSee(actor, chain);
    const after = from ? await this.checkpoint({ at: { lte: from } }, 'desc') : beginning;
    const closing = to ? await this.checkpoint({ at: { gte: to } }, 'asc') : beginning;
    const cut = closing.number > 0;
    const upTo = cut ? closing : await this.checkpoint({}, 'desc');
    const tail = cut ? [] : (await this.tail()).filter((range) => chain === null || range.chain === chain);
    const covered =
      chain === null
        ? upTo.entries - after.entries
        : (await this.seqAt(chain, upTo.number)) - (await this.seqAt(chain, after.number));
    const uncovered = tail.reduce((sum, range) => sum + range.upTo - range.after, 0);
    return {
      chain,
      reasons: reasons === 'true',
      after: after.number,
      upTo: upTo.number,
      checkpoints: upTo.number - after.number,
      entries: covered + uncovered,
      tail,
    };
  }

  private async mustSee(actor: Actor, chain: string): Promise<void> {
    if (chain === organisationChain || (await this.workflows.byId(actor, chain))) return;
    throw new Refusal('NOT_FOUND', 'There is no such chain', ['query', 'chain']);
  }

  private async checkpoint(
    where: { at?: { lte?: Date; gte?: Date } },
    order: 'asc' | 'desc',
  ): Promise<Place> {
    const row = await this.database.client.ledgerCheckpoint.findFirst({ where, orderBy: { number: order } });
    return row ? { number: Number(row.number), entries: Number(row.entries) } : beginning;
  }

  /** How many entries of a chain the checkpoint of this number covers. */
  private async seqAt(chain: string, number: number): Promise<number> {
    const [row] = await this.database.client.$queryRaw<{ seq: bigint | null }[]>`
      SELECT max(h.seq) AS seq FROM ledger_checkpoint_head h JOIN ledger_checkpoint c ON c.id = h.checkpoint_id
      WHERE h.chain = ${chain} AND c.number <= ${number}::bigint`;
    return Number(row?.seq ?? 0n);
  }

  private async tail(): Promise<EntryRange[]> {
    const rows = await this.database.client.$queryRaw<{ chain: string; after: bigint; upTo: bigint }[]>`
      SELECT c.chain, coalesce(h.seq, 0) AS after, c.seq AS "upTo"
      FROM ledger_chain c
      LEFT JOIN LATERAL (
        SELECT h.seq FROM ledger_checkpoint_head h WHERE h.chain = c.chain ORDER BY h.seq DESC LIMIT 1) h ON TRUE
      WHERE c.seq > coalesce(h.seq, 0) ORDER BY c.chain`;
    return rows.map(({ chain, after, upTo }) => ({ chain, after: Number(after), upTo: Number(upTo) }));
  }
}
