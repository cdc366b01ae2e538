import { createHash } from 'node:crypto';
import { leafText, type ChainHead } from '@holdpoint/client/ledger/checkpoint.domain.js';
import { MerkleTree } from '@holdpoint/client/ledger/merkle-tree.js';
import type { Tx } from '../database/database.js';

type HeadRow = { chain: string; leaf: number; seq: bigint; hash: string };

/** The Merkle tree as the checkpoint of this number left it. */
export class CheckpointTree {
  private readonly tree = new MerkleTree((bytes) => createHash('sha256').update(bytes).digest());

  private constructor(private upTo: number) {}

  get number(): number {
    return this.upTo;
  }

  get chains(): number {
    return this.tree.size;
  }

  get root(): string {
    return this.tree.root();
  }

  /** Everything that the checkpoints up to this one saw. */
  static async load(tx: Tx, number: number): Promise<CheckpointTree> {
    const tree = new CheckpointTree(number);
    const rows = await tx.$queryRaw<HeadRow[]>`
      SELECT DISTINCT ON (h.leaf) h.chain, h.leaf, h.seq, h.head_hash AS hash
      FROM ledger_checkpoint_head h ORDER BY h.leaf, h.seq DESC`;
    for (const row of rows) tree.set(row);
    return tree;
  }

  /** What other replicas' checkpoints saw since. */
  async follow(tx: Tx, number: number): Promise<void> {
    if (number === this.upTo) return;
    const rows = await tx.$queryRaw<HeadRow[]>`
      SELECT h.chain, h.leaf, h.seq, h.head_hash AS hash
      FROM ledger_checkpoint_head h JOIN ledger_checkpoint c ON c.id = h.checkpoint_id
      WHERE c.number > ${this.upTo}::bigint AND c.number <= ${number}::bigint ORDER BY c.number, h.leaf`;
    for (const row of rows) this.set(row);
    this.upTo = number;
  }

  /** The heads of the checkpoint that is being taken. */
  grow(heads: readonly ChainHead[]): void {
    for (const head of heads) this.set(head);
    this.upTo += 1;
  }

  private set({ chain, leaf, seq, hash }: HeadRow | ChainHead): void {
    this.tree.set(leaf, Buffer.from(leafText({ chain, leaf, seq: Number(seq), hash })));
  }
}
