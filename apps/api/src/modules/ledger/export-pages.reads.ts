import type { ChainHead, LedgerKey, SignedCheckpoint } from '@holdpoint/client/ledger/checkpoint.domain.js';
import type { ReasonLine } from '@holdpoint/client/ledger/export-format.domain.js';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { EntryRange } from './export-plan.reads.js';

const headsAtOnce = 2_000;
const entriesAtOnce = 1_000;

/** A head, with the checkpoint that it belongs to and how far the one before it covered its chain. */
export interface HeadRow extends ChainHead {
  number: number;
  before: number;
}

export interface ExportedEntry {
  hash: string;
  canonical: string;
  reason: ReasonLine | null;
}

type RawHead = { number: bigint; leaf: number; chain: string; seq: bigint; hash: string; before: bigint };
type RawEntry = { id: string; hash: string; canonical: string; salt: string | null; text: string | null };

/** The ledger in pages of bounded size, so that an export of any length takes the same memory. */
@Injectable()
export class ExportPages {
  constructor(private readonly database: Database) {}

  async keys(): Promise<LedgerKey[]> {
    const rows = await this.database.client.ledgerKey.findMany({
      orderBy: [{ firstUsed: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => ({ ...row, firstUsed: row.firstUsed.toISOString() }));
  }

  async checkpoint(number: number): Promise<SignedCheckpoint> {
    return this.database.client.ledgerCheckpoint.findUniqueOrThrow({
      where: { number },
      select: { canonical: true, signature: true },
    });
  }

  /** Where every chain stood at a checkpoint, by leaf. */
  async headsAt(number: number): Promise<ChainHead[]> {
    const rows = await this.database.client.$queryRaw<Omit<RawHead, 'number' | 'before'>[]>`
      SELECT DISTINCT ON (h.leaf) h.leaf, h.chain, h.seq, h.head_hash AS hash
      FROM ledger_checkpoint_head h JOIN ledger_checkpoint c ON c.id = h.checkpoint_id
      WHERE c.number <= ${number}::bigint ORDER BY h.leaf, h.seq DESC`;
    return rows.map(({ seq, ...row }) => ({ ...row, seq: Number(seq) }));
  }

  /** The heads of the checkpoints after one up to another, in the order of their numbers and leaves. */
  async *heads(after: number, upTo: number): AsyncGenerator<HeadRow[]> {
    let [number, leaf] = [after, Number.MAX_SAFE_INTEGER];
    for (;;) {
      const rows = await this.database.client.$queryRaw<RawHead[]>`
        SELECT c.number, h.leaf, h.chain, h.seq, h.head_hash AS hash, coalesce((
          SELECT p.seq FROM ledger_checkpoint_head p WHERE p.chain = h.chain AND p.seq < h.seq
          ORDER BY p.seq DESC LIMIT 1), 0) AS before
        FROM ledger_checkpoint c JOIN ledger_checkpoint_head h ON h.checkpoint_id = c.id
        WHERE c.number >= ${number}::bigint AND c.number <= ${upTo}::bigint
          AND (c.number > ${number}::bigint OR h.leaf > ${leaf}::bigint)
        ORDER BY c.number, h.leaf LIMIT ${headsAtOnce}`;
      const heads = rows.map((row) => ({
        ...row,
        number: Number(row.number),
        seq: Number(row.seq),
        before: Number(row.before),
      }));
      const last = heads.at(-1);
      if (last) yield heads;
      if (!last || heads.length < headsAtOnce) return;
      ({ number, leaf } = last);
    }
  }

  /** The entries of some ranges, in their order. One statement for many short ranges, several for a long one. */
  async *entries(
    ranges: readonly EntryRange[],
  ): AsyncGenerator<{ range: EntryRange; rows: ExportedEntry[] }[]> {
    for (const batch of batches(ranges)) {
      const asked = JSON.stringify(batch.map((range, place) => ({ ...range, place })));
      const rows = await this.database.client.$queryRaw<(RawEntry & { place: number })[]>`
        SELECT g.place, e.id, e.hash, e.canonical, r.salt, r.text
        FROM jsonb_to_recordset(${asked}::jsonb) AS g(place int, chain text, after bigint, "upTo" bigint)
        CROSS JOIN LATERAL (
          SELECT e.id, e.seq, e.hash, e.canonical FROM ledger_entry e
          WHERE e.chain = g.chain AND e.seq > g.after AND e.seq <= g."upTo" ORDER BY e.seq LIMIT ${entriesAtOnce}) e
        LEFT JOIN ledger_reason r ON r.entry_id = e.id
        ORDER BY g.place, e.seq`;
      const found: { range: EntryRange; rows: ExportedEntry[] }[] = batch.map((range) => ({
        range,
        rows: [],
      }));
      for (const row of rows) found[row.place]?.rows.push(entryOf(row));
      yield found;
    }
  }
}

function entryOf({ id, hash, canonical, salt, text }: RawEntry): ExportedEntry {
  const reason = salt === null ? null : { entryId: id, salt: text === null ? null : salt, text };
  return { hash, canonical, reason };
}

/** Ranges cut and put together so that each batch holds at most a page of entries. */
function* batches(ranges: readonly EntryRange[]): Generator<EntryRange[]> {
  let batch: EntryRange[] = [];
  let size = 0;
  for (const { chain, after, upTo } of ranges)
    for (let from = after; from < upTo;) {
      const to = Math.min(upTo, from + entriesAtOnce - size);
      batch.push({ chain, after: from, upTo: to });
      size += to - from;
      from = to;
      if (size < entriesAtOnce) continue;
      yield batch;
      [batch, size] = [[], 0];
    }
  if (batch.length > 0) yield batch;
}
