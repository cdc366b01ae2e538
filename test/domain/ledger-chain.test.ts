import {
  followed,
  linkProblem,
  startOfChain,
  type ChainProblem,
} from '@holdpoint/client/ledger/chain.domain.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256Hex } from '../../apps/api/src/platform/digest/digest.js';
import {
  genesisHash,
  sealEntry,
  type LedgerContent,
} from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';

type Sealed = { seq: number; canonical: string; hash: string };

function chainOf(acts: readonly string[]): Sealed[] {
  let prevHash = genesisHash;
  return acts.map((act, index) => {
    const content: LedgerContent = {
      v: 2,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      chain: 'organisation',
      seq: index + 1,
      at: new Date(1_790_000_000_000 + index).toISOString(),
      act,
      actor: { id: 'a', kind: 'user', key: null, responsible: ['a'] },
      subject: { kind: 'team', id: 't', digest: null },
      requestId: 'r',
      data: { n: index },
      readiness: null,
      reasonHash: null,
      prevHash,
    };
    const { canonical, hash } = sealEntry(content);
    prevHash = hash;
    return { seq: index + 1, canonical, hash };
  });
}

function firstProblem(entries: readonly Sealed[]): ChainProblem | null {
  let state = startOfChain('organisation');
  for (const { canonical } of entries) {
    const link = { ...(JSON.parse(canonical) as LedgerContent), hash: sha256Hex(canonical) };
    const problem = linkProblem(state, link);
    if (problem) return problem;
    state = followed(link);
  }
  return null;
}

const acts = fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 20 });

describe('a ledger chain', () => {
  test('that nobody touched verifies', () => {
    fc.assert(fc.property(acts, (names) => firstProblem(chainOf(names)) === null));
  });

  test('of entries made before keys and readiness were named verifies as well', () => {
    const entries = chainOf(['a', 'b']).map(({ canonical }) => JSON.parse(canonical) as LedgerContent);
    const old = entries.map(({ readiness: _readiness, ...content }) => ({ ...content, v: 1 as const }));
    const first = sealEntry(old[0]!);
    const second = sealEntry({ ...old[1]!, prevHash: first.hash });
    expect(firstProblem([first, second].map((sealed, index) => ({ seq: index + 1, ...sealed })))).toBeNull();
  });

  test('with an entry missing names the one that is missing', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (names, which) => {
        const entries = chainOf(names);
        const gone = which % (entries.length - 1);
        entries.splice(gone, 1);
        expect(firstProblem(entries)).toMatchObject({ fault: 'missing', seq: gone + 1 });
      }),
    );
  });

  test('with an entry twice names it', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (names, which) => {
        const entries = chainOf(names);
        const twice = which % entries.length;
        entries.splice(twice, 0, entries[twice]!);
        expect(firstProblem(entries)).toMatchObject({ fault: 'repeated', seq: twice + 1 });
      }),
    );
  });

  test('with an entry sealed anew, as a forger would, is caught at the one after it', () => {
    const entries = chainOf(['a', 'b', 'c']);
    const forged = { ...(JSON.parse(entries[0]!.canonical) as LedgerContent), act: 'z' };
    entries[0] = { seq: 1, ...sealEntry(forged) };
    expect(firstProblem(entries)).toMatchObject({ fault: 'broken', seq: 2 });
  });

  test('whose time runs backwards is caught', () => {
    const entries = chainOf(['a', 'b']);
    const early = { ...(JSON.parse(entries[1]!.canonical) as LedgerContent), at: '2020-01-01T00:00:00.000Z' };
    entries[1] = { seq: 2, ...sealEntry(early) };
    expect(firstProblem(entries)).toMatchObject({ fault: 'backwards', seq: 2 });
  });
});
