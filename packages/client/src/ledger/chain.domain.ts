import { genesisHash } from './entry.domain.js';

/** Where a chain stands after the entries seen so far. */
export interface ChainState {
  chain: string;
  /** Number of the last entry; 0 before the first. */
  seq: number;
  headHash: string;
  lastAt: string;
}

/** What of an entry holds it in its chain. `hash` is computed from its bytes, not read. */
export interface Link {
  chain: string;
  seq: number;
  at: string;
  prevHash: string;
  hash: string;
}

export type ChainFault = 'missing' | 'repeated' | 'broken' | 'foreign' | 'backwards';

export interface ChainProblem {
  fault: ChainFault;
  /** The entry at fault: for `missing`, the one that is not there. */
  seq: number;
  problem: string;
}

export function startOfChain(chain: string): ChainState {
  return { chain, seq: 0, headHash: genesisHash, lastAt: '' };
}

/** What is wrong with this entry as the next one of its chain; null where it follows. */
export function linkProblem(state: ChainState, link: Link): ChainProblem | null {
  const expected = state.seq + 1;
  if (link.chain !== state.chain)
    return { fault: 'foreign', seq: expected, problem: `it belongs to the chain ${link.chain}` };
  if (link.seq > expected) {
    const problem = `it is missing: entry ${String(link.seq)} stands in its place`;
    return { fault: 'missing', seq: expected, problem };
  }
  if (link.seq < expected) {
    const problem = `it stands after entry ${String(state.seq)}: it was inserted or moved`;
    return { fault: 'repeated', seq: link.seq, problem };
  }
  if (link.prevHash !== state.headHash)
    return { fault: 'broken', seq: link.seq, problem: 'it does not follow the entry before it' };
  if (link.at < state.lastAt)
    return { fault: 'backwards', seq: link.seq, problem: 'its time is before that of the entry before it' };
  return null;
}

export function followed(link: Link): ChainState {
  return { chain: link.chain, seq: link.seq, headHash: link.hash, lastAt: link.at };
}
