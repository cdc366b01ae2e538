import type { Context } from '../../packages/client/src/decide/audience.js';
import { decide } from '../../packages/client/src/decide/decide.js';
import { murmur3 } from '../../packages/client/src/decide/murmur3.js';
import type { Snapshot } from '../../packages/client/src/decide/snapshot.js';
import { snapshotOf, snapshotOverlay, snapshotStage } from '../support/snapshot.builder.js';
import { median } from './numbers.js';
import type { Bench, BenchLine } from './report.js';

const rounds = 7;
const evaluations = 300_000;
const target = '>= 1,000,000/s';
const now = Date.parse('2026-11-24T12:00:00Z');

/** As the stages of a new workflow are: insiders, a tenth, a half, everybody. */
const stages = [
  snapshotStage('internal', 'two', {
    rules: [{ attribute: 'audience', operator: 'equals', values: ['internal'] }],
  }),
  snapshotStage('limited', 'two', { percentage: 10 }),
  snapshotStage('expanded', 'one', { percentage: 50 }),
  snapshotStage('general', 'one'),
];
const plain = snapshotOf(7, { stages });
/** Rolled back for one tenant, with a tool off in one stage. */
const rolledBack = snapshotOf(8, {
  stages,
  overlays: [
    snapshotOverlay('one', [{ kind: 'fallback', to: 'people' }], {
      segment: [{ attribute: 'tenant', operator: 'in', values: ['acme', 'globex'] }],
      from: 0,
    }),
    snapshotOverlay('two', [{ kind: 'disableTool', tool: 'lookup' }], { stages: ['general'], from: 0 }),
  ],
});
const contexts = Array.from({ length: 1000 }, (_, index): Context => ({
  targetingKey: `user-${String(index)}`,
  tenant: `t-${String(index % 40)}`,
  plan: 'team',
}));
const texts = contexts.map(({ targetingKey }) => `${plain.workflowId}:${targetingKey ?? ''}`);

function perSecond(work: (index: number) => unknown): number {
  let seen = 0;
  const began = performance.now();
  for (let at = 0; at < evaluations; at += 1) if (work(at % contexts.length) !== undefined) seen += 1;
  const took = performance.now() - began;
  if (seen !== evaluations) throw new Error('Something was not decided');
  return evaluations / (took / 1000);
}

const decideIn = (snapshot: Snapshot) => (index: number) =>
  decide(snapshot, contexts[index] ?? {}, now).outcome;

/** decide() in this process, beside the hash of one key, without which no share can be told. */
export const decideBench: Bench = {
  name: 'decide',
  run: () => {
    const works = [decideIn(plain), decideIn(rolledBack), (index: number) => murmur3(texts[index] ?? '')];
    const took = works.map(() => [] as number[]);
    // The first two rounds let the compiler see everything.
    for (let round = -2; round < rounds; round += 1)
      for (const [at, work] of works.entries()) {
        const measured = perSecond(work);
        if (round >= 0) took[at]?.push(measured);
      }
    const [ofPlain, ofRolledBack, ofHash] = took.map(median) as [number, number, number];
    const line = (name: string, mine: number): BenchLine => ({
      name,
      ours: `${Math.round(mine).toLocaleString('en')}/s`,
      floor: `${Math.round(ofHash).toLocaleString('en')}/s (MurmurHash3 of one key)`,
      ratio: mine / ofHash,
      target,
      reached: mine >= 1_000_000,
    });
    return Promise.resolve([
      line('decide(), four stages, two of them shares', ofPlain),
      {
        ...line('decide(), the same with two overlays', ofRolledBack),
        target: 'stated apart',
        reached: null,
      },
    ]);
  },
};
