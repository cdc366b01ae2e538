import { createHash } from 'node:crypto';
import {
  leafText,
  readCheckpoint,
  type ChainHead,
  type CheckpointContent,
  type SignedCheckpoint,
} from '../ledger/checkpoint.domain.js';
import { MerkleTree } from '../ledger/merkle-tree.js';
import type { Finding } from './finding.js';
import { isSignedBy, type LedgerKeys } from './ledger-keys.js';

export interface SeenCheckpoint extends SignedCheckpoint {
  content: CheckpointContent;
  hash: string;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

/** The checkpoints of an export, each held against the heads before it, its signature and the checkpoint before it. */
export class CheckpointChain {
  private readonly tree = new MerkleTree(sha256);
  private readonly leaves = new Map<string, { leaf: number; seq: number }>();
  private entries = 0;
  private heads = 0;
  last: SeenCheckpoint | null = null;
  count = 0;
  /** The first checkpoint signed with a key that nobody vouches for, unless a trusted one came after it. */
  untrusted: { number: number; keyId: string; line: number } | null = null;
  private readonly usedKeys = new Set<string>();

  /** @param after the checkpoint that the export begins after, 0 from the beginning */
  constructor(
    private readonly keys: LedgerKeys,
    private readonly after: number,
  ) {}

  /** Number of the checkpoint whose heads are being read. */
  get next(): number {
    return this.last ? this.last.content.number + 1 : Math.max(1, this.after);
  }

  /** Whether heads have come whose checkpoint has not. */
  get isOpen(): boolean {
    return this.heads > 0;
  }

  /** Takes a head into the tree. @returns what is wrong with its place, or null */
  head(head: ChainHead): string | null {
    this.heads += 1;
    const known = this.leaves.get(head.chain);
    if (head.leaf !== (known?.leaf ?? this.tree.size))
      return 'the place of this chain in the tree was altered';
    if (known && head.seq <= known.seq) return 'this chain has not grown since the checkpoint before';
    this.leaves.set(head.chain, { leaf: head.leaf, seq: head.seq });
    this.entries += head.seq - (known?.seq ?? 0);
    this.tree.set(head.leaf, Buffer.from(leafText(head)));
    return null;
  }

  /** Whether the root would be the signed one if this chain stood at another hash. */
  wouldAgree(head: ChainHead, hash: string, root: string): boolean {
    this.tree.set(head.leaf, Buffer.from(leafText({ ...head, hash })));
    const agrees = this.tree.root() === root;
    this.tree.set(head.leaf, Buffer.from(leafText(head)));
    return agrees;
  }

  /** Takes the checkpoint that follows its heads. */
  add(signed: SignedCheckpoint, line: number): Finding | null {
    const content = readCheckpoint(signed.canonical);
    const checkpoint = content?.number ?? this.next;
    const found = { checkpoint, line };
    if (!content) return { kind: 'altered', ...found, message: 'its text is no checkpoint: it was altered' };
    if (content.number !== this.next) {
      const kind = content.number > this.next ? ('missing' as const) : ('inserted' as const);
      return { kind, ...found, message: `it stands where checkpoint ${String(this.next)} belongs` };
    }
    const key = this.keys.get(content.keyId);
    if (!key)
      return {
        kind: 'forged',
        ...found,
        message: `it names a key that the export does not carry: ${content.keyId}`,
      };
    if (!isSignedBy(key, signed.canonical, signed.signature))
      return {
        kind: 'forged',
        ...found,
        message: 'its signature is not of its text: one of them was altered',
      };
    if (this.last && content.prevHash !== this.last.hash)
      return { kind: 'forged', ...found, message: 'it does not follow the checkpoint before it' };
    if (this.last && content.at < this.last.content.at)
      return { kind: 'forged', ...found, message: 'its time is before that of the checkpoint before it' };
    const disagreement = this.disagreement(content);
    if (disagreement) return { kind: 'forged', ...found, message: disagreement };
    const keyFault = this.useKey(content, line);
    if (keyFault) return { kind: 'forged', ...found, message: keyFault };
    this.last = { ...signed, content, hash: sha256(signed.canonical).toString('hex') };
    this.heads = 0;
    this.count += 1;
    return null;
  }

  private disagreement({ chains, entries, root }: CheckpointContent): string | null {
    if (chains !== this.tree.size)
      return `it covers ${String(chains)} chains, and ${String(this.tree.size)} are here`;
    if (entries !== this.entries)
      return `it covers ${String(entries)} entries, and the heads here say ${String(this.entries)}`;
    return root === this.tree.root()
      ? null
      : 'its root is not that of the heads here: one of them was altered';
  }

  private useKey({ keyId, number }: CheckpointContent, line: number): string | null {
    if (this.last && this.last.content.keyId !== keyId && this.usedKeys.has(keyId))
      return 'it is signed with a key that had been replaced';
    this.usedKeys.add(keyId);
    // Whoever signs a checkpoint signs, through its prevHash, all those before it.
    if (this.keys.isTrusted(keyId)) this.untrusted = null;
    else this.untrusted ??= { number, keyId, line };
    return null;
  }
}
