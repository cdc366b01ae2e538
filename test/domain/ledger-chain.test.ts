import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  genesisHash,
  sealEntry,
  type LedgerContent,
} from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';
import {
  followEntry,
  startOfChain,
  type ChainProblem,
  type StoredEntry,
} from '../../apps/api/src/platform/ledger/verify-chain.domain.js';

function chainOf(acts: readonly string[]): StoredEntry[] {
  let prevHash = genesisHash;
  return acts.map((act, index) => {
    const content: LedgerContent = {
      v: 1,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      chain: 'organisation',
      seq: index + 1,
      at: new Date(1_790_000_000_000 + index).toISOString(),
      act,
      actor: { id: 'a', kind: 'user', responsible: ['a'] },
      subject: { kind: 'team', id: 't', digest: null },
      requestId: 'r',
      data: { n: index },
      reasonHash: null,
      prevHash,
    };
    const { canonical, hash } = sealEntry(content);
    prevHash = hash;
    return { seq: index + 1, canonical, hash };
  });
}

function firstProblem(entries: readonly StoredEntry[]): ChainProblem | null {
  let state = startOfChain('organisation');
  for (const entry of entries) {
    const next = followEntry(state, entry);
    if ('problem' in next) return next;
    state = next;
  }
  return null;
}

const acts = fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 20 });

describe('a ledger chain', () => {
  test('that nobody touched verifies', () => {
    fc.assert(fc.property(acts, (names) => firstProblem(chainOf(names)) === null));
  });

  test('with one altered byte is caught at that entry', () => {
    fc.assert(
      fc.property(acts, fc.nat(), fc.nat(), (names, which, where) => {
        const entries = chainOf(names);
        const entry = entries[which % entries.length]!;
        const at = where % entry.canonical.length;
        const other = entry.canonical[at] === 'x' ? 'y' : 'x';
        entry.canonical = entry.canonical.slice(0, at) + other + entry.canonical.slice(at + 1);
        expect(firstProblem(entries)?.seq).toBe(entry.seq);
      }),
    );
  });

  test('with an entry missing is caught at the one after it', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (names, which) => {
        const entries = chainOf(names);
        const gone = which % (entries.length - 1);
        entries.splice(gone, 1);
        expect(firstProblem(entries)?.seq).toBe(gone + 2);
      }),
    );
  });

  test('with an entry sealed anew, as a forger would, is caught at the one after it', () => {
    const entries = chainOf(['a', 'b', 'c']);
    const forged = { ...(JSON.parse(entries[0]!.canonical) as LedgerContent), act: 'z' };
    entries[0] = { seq: 1, ...sealEntry(forged) };
    expect(firstProblem(entries)).toEqual({ seq: 2, problem: 'it does not follow the entry before it' });
  });
});
