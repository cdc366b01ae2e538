import { canonicalJson, sha256Hex } from '../digest/digest.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = Record<string, JsonValue>;

/** The chain of everything that belongs to no workflow; a workflow's chain is its id. */
export const organisationChain = 'organisation';

/** What the first entry of a chain names as the hash before it. */
export const genesisHash = '0'.repeat(64);

/** What one act says of itself. Its canonical JSON is stored as text, hashed and exported. */
export interface LedgerContent {
  v: 1;
  id: string;
  chain: string;
  /** From 1, without a gap. */
  seq: number;
  /** ISO 8601 in UTC with milliseconds; never before the entry before it. */
  at: string;
  act: string;
  actor: { id: string; kind: string; responsible: string[] };
  subject: { kind: string; id: string; digest: string | null };
  requestId: string;
  data: JsonObject;
  /** sha256 of salt + ":" + text; the text itself lies beside the ledger and can be erased. */
  reasonHash: string | null;
  prevHash: string;
}

export interface SealedEntry {
  canonical: string;
  /** Hex sha256 of the canonical text, which holds the hash before it. */
  hash: string;
}

export function sealEntry(content: LedgerContent): SealedEntry {
  const canonical = canonicalJson(content);
  return { canonical, hash: sha256Hex(canonical) };
}

export function hashReason(salt: string, text: string): string {
  return sha256Hex(`${salt}:${text}`);
}
