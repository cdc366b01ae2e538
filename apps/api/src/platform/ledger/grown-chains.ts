import type { ChainHead } from '@holdpoint/client/ledger/checkpoint.domain.js';
import type { Tx } from '../database/database.js';

type Row = {
  chain: string;
  seq: bigint;
  headHash: string;
  leaf: number | null;
  seqBefore: bigint | null;
  entryHash: string | null;
};

export interface Growth {
  /** Chains that grew, in the order of their leaves; new ones come last and get the next leaves. */
  heads: ChainHead[];
  /** Entries that no checkpoint covered yet. */
  entries: number;
  /** Chains whose head is not their last entry: something other than an act wrote to the ledger. */
  unsound: string[];
}

/**
 * Where the chains stand that grew since the last checkpoint. One statement sees one instant, so that acts need not wait;
 * what commits meanwhile is the next checkpoint's.
 */
export async function grownChains(tx: Tx, leaves: number): Promise<Growth> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT c.chain, c.seq, c.head_hash AS "headHash", h.leaf, h.seq AS "seqBefore", e.hash AS "entryHash"
    FROM ledger_chain c
    LEFT JOIN LATERAL (
      SELECT h.leaf, h.seq FROM ledger_checkpoint_head h WHERE h.chain = c.chain ORDER BY h.seq DESC LIMIT 1) h ON TRUE
    LEFT JOIN ledger_entry e ON e.chain = c.chain AND e.seq = c.seq
    WHERE c.seq > 0 AND h.seq IS DISTINCT FROM c.seq
    ORDER BY h.leaf NULLS LAST, c.chain`;
  const growth: Growth = { heads: [], entries: 0, unsound: [] };
  let next = leaves;
  for (const { chain, seq, headHash, leaf, seqBefore, entryHash } of rows) {
    if (entryHash !== headHash || (seqBefore !== null && seq < seqBefore)) {
      growth.unsound.push(chain);
      continue;
    }
    growth.heads.push({ chain, leaf: leaf ?? next, seq: Number(seq), hash: headHash });
    growth.entries += Number(seq - (seqBefore ?? 0n));
    if (leaf === null) next += 1;
  }
  return growth;
}
