/** What a checkpoint states and its key signs, as RFC 8785 canonical JSON. */
export interface CheckpointContent {
  v: 1;
  /** From 1, without a gap. */
  number: number;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  /** Hex sha256 of the canonical text of the checkpoint before; zeros for the first. */
  prevHash: string;
  /** Chains and entries covered, all of them since the beginning. */
  chains: number;
  entries: number;
  /** Hex Merkle root over where each chain stands (`leafText`), in the order in which checkpoints first saw them. */
  root: string;
  /** Hex sha256 of the public key's SPKI bytes. */
  keyId: string;
}

/** Where one chain stood. */
export interface ChainHead {
  chain: string;
  /** Place of the chain among the leaves of the tree, from 0; never changes. */
  leaf: number;
  seq: number;
  hash: string;
}

/** A checkpoint as it is kept, pushed and exported. */
export interface SignedCheckpoint {
  canonical: string;
  /** Base64 Ed25519 over the canonical text's UTF-8 bytes. */
  signature: string;
}

/** A public key that signed checkpoints. */
export interface LedgerKey {
  /** Hex sha256 of the SPKI bytes. */
  id: string;
  /** SPKI in PEM. */
  publicKey: string;
  firstUsed: string;
  /** The key before it, which vouches for this one: base64 Ed25519 over this key's id. Null for the first. */
  signedBy: string | null;
  signature: string | null;
}

/** Canonical JSON of a leaf of the tree. Its keys are in order, and its strings need no more than JSON's own escapes. */
export const leafText = ({ chain, hash, seq }: ChainHead): string =>
  JSON.stringify({ chain, headHash: hash, seq });

/** Canonical JSON of a checkpoint; its keys are in order here. */
export function checkpointText(content: CheckpointContent): string {
  const { at, chains, entries, keyId, number, prevHash, root, v } = content;
  return JSON.stringify({ at, chains, entries, keyId, number, prevHash, root, v });
}

const shape = {
  at: 'string',
  chains: 'number',
  entries: 'number',
  keyId: 'string',
  number: 'number',
  prevHash: 'string',
  root: 'string',
  v: 'number',
} as const;

/** The content of a checkpoint's text, or null where it is none, or not written in the one canonical way. */
export function readCheckpoint(canonical: string): CheckpointContent | null {
  let value: unknown;
  try {
    value = JSON.parse(canonical);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  if (Object.entries(shape).some(([name, type]) => typeof fields[name] !== type) || fields['v'] !== 1)
    return null;
  const content = value as CheckpointContent;
  return checkpointText(content) === canonical ? content : null;
}
