import type { ChainHead, LedgerKey, SignedCheckpoint } from './checkpoint.domain.js';

/**
 * The lines of a ledger export, each a JSON object with one key that says what it is, except entries. The order:
 * `export`, `key`…, then for each checkpoint the entries that it is the first to cover, chain by chain, each followed by
 * its `reason`, each chain by its `head`; then the `checkpoint`; then entries that no checkpoint covers yet; then `end`.
 */
export interface ExportHeader {
  v: 1;
  exportedAt: string;
  /** The one chain whose entries are here, or null for all; heads and checkpoints are those of all chains. */
  chain: string | null;
  /** Number of the checkpoint that this export begins after, 0 from the beginning. Its heads and itself come first. */
  after: number;
  /** Whether the free-text reasons are here. */
  reasons: boolean;
  /** Entries to come. */
  entries: number;
  /** Checkpoints to come, that of `after` not counted. */
  checkpoints: number;
}

export interface ReasonLine {
  entryId: string;
  /** Null once erased, as the text is. */
  salt: string | null;
  text: string | null;
}

export interface ExportEnd {
  entries: number;
  reasons: number;
  heads: number;
  checkpoints: number;
}

export type ExportLine =
  | { export: ExportHeader }
  | { key: LedgerKey }
  | { head: ChainHead }
  | { checkpoint: SignedCheckpoint }
  | { reason: ReasonLine }
  | { end: ExportEnd };

/** Every line but an entry's. */
export const exportLine = (line: ExportLine): string => `${JSON.stringify(line)}\n`;

/** What stands before the exact bytes of an entry in its line: `{"hash":"` + 64 hex digits + `","entry":`. */
export const beforeHash = '{"hash":"';
export const beforeEntry = '","entry":';
export const entryOffset = beforeHash.length + 64 + beforeEntry.length;

/** The canonical bytes of an entry stand in the line as they are: nothing is escaped or spaced anew. */
export const entryLine = (hash: string, canonical: string): string =>
  `${beforeHash}${hash}${beforeEntry}${canonical}}\n`;
