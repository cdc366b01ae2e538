import { followed, linkProblem, startOfChain, type ChainState } from '../ledger/chain.domain.js';
import type { ChainHead } from '../ledger/checkpoint.domain.js';
import type { Run } from './block-scanner.js';
import type { Finding } from './finding.js';

interface Followed {
  state: ChainState;
  /** How many of its entries a checkpoint covers. */
  covered: number;
}

/** A break whose meaning shows only further on. */
type Doubt =
  | { fault: 'missing'; chain: string; seq: number; line: number; message: string }
  | { fault: 'broken'; chain: string; seq: number; line: number };

/** Every chain as far as it has been followed. Memory grows with the chains, not with their entries. */
export class Chains {
  private readonly known = new Map<string, Followed>();
  private doubt: Doubt | null = null;
  entries = 0;

  get size(): number {
    return this.known.size;
  }

  /** Entries that no checkpoint covers. */
  get uncovered(): number {
    let sum = 0;
    for (const { state, covered } of this.known.values()) sum += state.seq - covered;
    return sum;
  }

  /** The next entries of the file. `line` is that of the first, from 1. */
  follow(run: Run, line: number): Finding | null {
    const { chain, first, last } = run;
    const { doubt } = this;
    if (doubt?.fault === 'missing' && (doubt.chain !== chain || doubt.seq === first.seq))
      return this.settle(chain, first.seq);
    this.entries += last.seq - first.seq + 1;
    const one = this.one(chain);
    const problem = doubt?.fault === 'missing' ? null : linkProblem(one.state, { chain, ...first });
    one.state = followed({ chain, ...last, prevHash: '' });
    if (!problem) return null;
    const { fault, seq, problem: message } = problem;
    if (doubt) return this.settle();
    if (fault === 'missing') this.doubt = { fault, chain, seq, line, message };
    else if (fault === 'broken') this.doubt = { fault, chain, seq, line };
    else return { kind: fault === 'repeated' ? 'inserted' : 'altered', chain, seq, line, message };
    return null;
  }

  /** Where a chain must stand now. @returns the finding that its entries give rise to */
  meet(head: ChainHead, checkpoint: number, line: number): Finding | null {
    const { chain, seq, hash } = head;
    const one = this.one(chain);
    const { state, covered } = one;
    if (this.doubt?.chain === chain) {
      const { doubt } = this;
      // What leads to the head that was signed is genuine: then the forged entry is the one before the break.
      if (doubt.fault === 'broken' && state.seq === seq && state.headHash === hash)
        return forged(
          doubt,
          doubt.seq - 1,
          'it was written anew: the entry after it, which leads to what was signed, does not follow it',
        );
      return this.settle();
    }
    one.covered = seq;
    const found = { chain, checkpoint, line };
    if (state.seq < seq) {
      const message = `it is missing: checkpoint ${String(checkpoint)} covers ${String(seq)} entries of this chain, and its tail is not here`;
      return { kind: 'truncated', ...found, seq: state.seq + 1, message };
    }
    if (state.seq > seq) {
      const message = `it was inserted: checkpoint ${String(checkpoint)} covers ${String(seq)} entries of this chain up to here`;
      return { kind: 'inserted', ...found, seq: seq + 1, message };
    }
    if (state.headHash === hash) return null;
    const rest =
      covered + 1 === seq ? 'it is' : `one of the entries ${String(covered + 1)} to ${String(seq)} is`;
    const message = `${rest} not what checkpoint ${String(checkpoint)} signed: the chain was written anew`;
    return { kind: 'forged', ...found, seq: covered + 1, message };
  }

  /** Takes a chain to stand where a checkpoint says, without its entries. */
  adopt({ chain, seq, hash }: ChainHead): void {
    this.known.set(chain, { state: { chain, seq, headHash: hash, lastAt: '' }, covered: seq });
  }

  hashOf(chain: string): string {
    return this.one(chain).state.headHash;
  }

  /** What the doubt comes to when nothing more can be learnt. @param chain and seq of the entry that has come, if any */
  settle(chain?: string, seq?: number): Finding | null {
    const { doubt } = this;
    this.doubt = null;
    if (!doubt) return null;
    if (doubt.fault === 'broken')
      return forged(
        doubt,
        doubt.seq,
        'it does not follow the entry before it: one of the two was written anew',
      );
    const { fault: _fault, ...found } = doubt;
    if (chain === doubt.chain && seq === doubt.seq)
      return { kind: 'reordered', ...found, message: 'it stands further on: entries were reordered' };
    return { kind: 'missing', ...found };
  }

  private one(chain: string): Followed {
    const known = this.known.get(chain);
    if (known) return known;
    const begun = { state: startOfChain(chain), covered: 0 };
    this.known.set(chain, begun);
    return begun;
  }
}

const forged = ({ chain, line }: Doubt, seq: number, message: string): Finding => ({
  kind: 'forged',
  chain,
  seq,
  line,
  message,
});
