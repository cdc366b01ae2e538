import { createHash } from 'node:crypto';
import {
  checkpointText,
  leafText,
  type CheckpointContent,
} from '@holdpoint/client/ledger/checkpoint.domain.js';
import { MerkleTree } from '@holdpoint/client/ledger/merkle-tree.js';
import type pg from 'pg';
import { sealEntry, type LedgerContent } from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';
import { sha256Of } from './ledger-file.js';

/** What only the owner can do: rewrites a chain from its first entry, heads and all, as if it had always been so. */
export async function rewritten(owner: pg.Client, id: string): Promise<{ seq: number; hash: string }> {
  const { rows } = await owner.query<{ id: string; canonical: string }>(
    'SELECT id, canonical FROM ledger_entry WHERE chain = $1 ORDER BY seq',
    [id],
  );
  let prevHash = '0'.repeat(64);
  for (const row of rows) {
    const content = { ...(JSON.parse(row.canonical) as LedgerContent), requestId: 'never-mind', prevHash };
    const { canonical, hash } = sealEntry(content);
    await owner.query(
      `UPDATE ledger_entry SET canonical = $2, hash = $3, prev_hash = $4, request_id = 'never-mind' WHERE id = $1`,
      [row.id, canonical, hash, prevHash],
    );
    prevHash = hash;
  }
  await owner.query('UPDATE ledger_chain SET head_hash = $2 WHERE chain = $1', [id, prevHash]);
  return { seq: rows.length, hash: prevHash };
}

/** Every checkpoint with the root that its heads now have, signed by the forger. */
export async function resigned(
  owner: pg.Client,
  keyId: string,
  signed: (text: string) => string,
): Promise<void> {
  const tree = new MerkleTree((bytes) => createHash('sha256').update(bytes).digest());
  const { rows } = await owner.query<{ id: string; canonical: string }>(
    'SELECT id, canonical FROM ledger_checkpoint ORDER BY number',
  );
  let prevHash = '0'.repeat(64);
  for (const row of rows) {
    const heads = await owner.query<{ chain: string; leaf: number; seq: string; head_hash: string }>(
      'SELECT * FROM ledger_checkpoint_head WHERE checkpoint_id = $1 ORDER BY leaf',
      [row.id],
    );
    for (const { chain: name, leaf, seq, head_hash: hash } of heads.rows)
      tree.set(leaf, Buffer.from(leafText({ chain: name, leaf, seq: Number(seq), hash })));
    const content = {
      ...(JSON.parse(row.canonical) as CheckpointContent),
      root: tree.root(),
      prevHash,
      keyId,
    };
    const canonical = checkpointText(content);
    const hash = sha256Of(canonical);
    await owner.query(
      'UPDATE ledger_checkpoint SET canonical = $2, hash = $3, prev_hash = $4, root = $5, key_id = $6, signature = $7 WHERE id = $1',
      [row.id, canonical, hash, prevHash, content.root, keyId, signed(canonical)],
    );
    prevHash = hash;
  }
}
