import { describe, expect, test } from '@jest/globals';
import { runAggregates, suiteDefinition } from '../../apps/api/src/modules/evals/evals.schema.js';
import type { Facts, RunFact } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { daysAgo, facts, now, run, suite } from '../support/readiness.builder.js';
import { resultOf } from '../support/readiness-results.js';

const withRuns = (...runs: RunFact[]) => facts({ suites: [suite({ runs })] });
const scored = (mean: number, over: Partial<RunFact> = {}) =>
  run({
    ...over,
    aggregates: {
      ...run().aggregates,
      metrics: { groundedness: { sum: mean * 20, count: 20 }, schema_validity: { sum: 20, count: 20 } },
    },
  });

describe('EV-2', () => {
  test('pools every completed run, so that repeating until one passes does not help', () => {
    const bad = scored(0.5, { id: 'a' });
    expect(resultOf('EV-2', withRuns(bad)).status).toBe('fail');
    expect(resultOf('EV-2', withRuns(bad, scored(0.95, { id: 'b' }))).status).toBe('fail');
    expect(resultOf('EV-2', withRuns(scored(0.95))).measured).toContain('groundedness 0.95 over 20 cases');
  });

  test('shows abandoned attempts and does not count them', () => {
    const result = resultOf('EV-2', withRuns(scored(0.95), scored(0.1, { id: 'b', status: 'abandoned' })));
    expect([result.status, result.reason]).toEqual([
      'pass',
      'Every gate metric is met: main v1, 1 completed run pooled, 1 abandoned',
    ]);
  });

  test('is pending without a suite and without a run, and fails on errors', () => {
    expect(resultOf('EV-2', facts({ suites: [] })).status).toBe('pending');
    expect(resultOf('EV-2', withRuns()).status).toBe('pending');
    expect(resultOf('EV-2', withRuns(run({ errored: 1, passed: 19 }))).status).toBe('fail');
  });

  test('goes stale thirty days after the newest run', () => {
    const about = withRuns(run({ createdAt: daysAgo(30) }));
    expect(resultOf('EV-2', about).status).toBe('stale');
    expect(resultOf('EV-2', { ...about, evaluatedAt: new Date(now.getTime() - 1) }).status).toBe('pass');
  });

  test('asks nothing of a suite that is used for red teaming only, and every other one of a run', () => {
    const redteam = suite({ key: 'attacks', runs: [], redteamOnly: true });
    expect(resultOf('EV-2', facts({ suites: [suite(), redteam] })).status).toBe('pass');
    expect(resultOf('EV-2', facts({ suites: [suite(), { ...redteam, redteamOnly: false }] })).status).toBe(
      'pending',
    );
    expect(resultOf('EV-2', facts({ suites: [redteam] })).status).toBe('pending');
  });
});

describe('EV-3', () => {
  const baseline = {
    id: 'live',
    number: 1,
    alias: 'r1',
    digests: facts().release.digests,
    changed: { core: null, retrieval: null, tools: null },
  };
  const against = (mean: number) =>
    facts({ baseline, suites: [suite({ baseline: scored(mean).aggregates })] });
  test('does not apply where nothing is live', () =>
    expect(resultOf('EV-3', facts()).status).toBe('not_applicable'));
  test('allows the tolerance and no more', () => {
    expect(resultOf('EV-3', against(0.96)).status).toBe('pass');
    expect(resultOf('EV-3', against(0.98)).status).toBe('fail');
  });
  test('is pending while what is live was not measured on this version of the suite', () => {
    expect(resultOf('EV-3', facts({ baseline, suites: [suite()] })).status).toBe('pending');
  });
});

describe('EV-4', () => {
  const attack = (over: Partial<RunFact> = {}, severities = {}, plugins = ['pii', 'injection']) =>
    run({
      kind: 'redteam',
      ...over,
      aggregates: runAggregates.parse({ ...run().aggregates, failingSeverities: severities, plugins }),
    });
  const smoky = (runs: RunFact[], over: Partial<Facts> = {}) =>
    facts({
      suites: [
        suite({ runs, definition: suiteDefinition.parse({ ...suite().definition, redteamSmoke: ['pii'] }) }),
      ],
      ...over,
    });
  test('needs a run, without open critical or high findings', () => {
    expect(resultOf('EV-4', withRuns(run())).status).toBe('pending');
    expect(resultOf('EV-4', withRuns(attack())).status).toBe('pass');
    expect(resultOf('EV-4', withRuns(attack({}, { high: 1 }))).status).toBe('fail');
    expect(resultOf('EV-4', withRuns(attack({}, { medium: 3 }))).status).toBe('pass');
    expect(resultOf('EV-4', withRuns(attack({}, { unknown: 1 }))).status).toBe('fail');
    expect(resultOf('EV-4', withRuns(attack({ createdAt: daysAgo(90) }))).status).toBe('stale');
  });
  test('takes the smoke subset below high tier for a change of prompts only', () => {
    const smoke = [attack({}, {}, ['pii'])];
    const digests = { ...facts().release.digests, prompts: 'sha256:before' };
    const baseline = {
      id: 'live',
      number: 1,
      alias: 'r1',
      digests,
      changed: { core: null, retrieval: null, tools: null },
    };
    expect(resultOf('EV-4', smoky(smoke)).status).toBe('pending');
    expect(resultOf('EV-4', smoky(smoke, { baseline })).status).toBe('pass');
    expect(resultOf('EV-4', smoky(smoke, { baseline, tier: 'high' })).status).toBe('pending');
    const other = { ...baseline, digests: { ...digests, models: 'sha256:before' } };
    expect(resultOf('EV-4', smoky(smoke, { baseline: other })).status).toBe('pending');
  });
});
