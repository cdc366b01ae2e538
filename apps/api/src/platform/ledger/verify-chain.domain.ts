import { sha256Hex } from '../digest/digest.js';
import { genesisHash, type LedgerContent } from './ledger-entry.domain.js';

export interface StoredEntry {
  seq: number;
  hash: string;
  canonical: string;
}

export interface ChainState {
  chain: string;
  entries: number;
  headHash: string;
  lastAt: string;
}

export interface ChainProblem {
  seq: number;
  problem: string;
}

export function startOfChain(chain: string): ChainState {
  return { chain, entries: 0, headHash: genesisHash, lastAt: '' };
}

function problemOf(state: ChainState, entry: StoredEntry, content: LedgerContent): string | null {
  if (sha256Hex(entry.canonical) !== entry.hash) return 'its bytes do not give its hash: it was altered';
  if (content.chain !== state.chain) return `it belongs to the chain ${content.chain}`;
  if (content.seq !== entry.seq)
    return `it is stored as number ${String(entry.seq)} but says ${String(content.seq)}`;
  if (entry.seq !== state.entries + 1) return `number ${String(state.entries + 1)} is missing before it`;
  if (content.prevHash !== state.headHash) return 'it does not follow the entry before it';
  if (content.at < state.lastAt) return 'its time is before that of the entry before it';
  return null;
}

/** Follows one entry. Pure, so that pages of any size can be verified with flat memory. */
export function followEntry(state: ChainState, entry: StoredEntry): ChainState | ChainProblem {
  let content: LedgerContent;
  try {
    content = JSON.parse(entry.canonical) as LedgerContent;
  } catch {
    return { seq: entry.seq, problem: 'its bytes are not JSON: it was altered' };
  }
  const problem = problemOf(state, entry, content);
  if (problem) return { seq: entry.seq, problem };
  return { chain: state.chain, entries: entry.seq, headHash: entry.hash, lastAt: content.at };
}
