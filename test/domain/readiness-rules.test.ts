import { describe, expect, test } from '@jest/globals';
import { runAggregates, suiteDefinition } from '../../apps/api/src/modules/evals/evals.schema.js';
import type { Facts, RunFact } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { openObjects } from '../../apps/api/src/modules/readiness/open-objects.js';
import { statusValues } from '../../apps/api/src/modules/readiness/json-schema.js';
import {
  approval,
  core,
  daysAgo,
  facts,
  now,
  outputSchema,
  resultOf,
  run,
  stageAt,
  suite,
} from '../support/readiness.builder.js';

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

describe('OUT-1', () => {
  const judged = (schema: Record<string, unknown>, over = {}) => {
    const about = facts();
    const digest = `sha256:${JSON.stringify([schema, over])}`;
    return resultOf('OUT-1', {
      ...about,
      output: { ...about.output, digest, content: { ...about.output.content, schema, ...over } },
    });
  };
  test('passes a closed schema with an enum as status', () =>
    expect(judged(outputSchema).status).toBe('pass'));
  test('fails an open object at any depth, and names it', () => {
    const inner = { type: 'object', properties: { a: { type: 'string' } } };
    const schema = {
      ...outputSchema,
      properties: { ...outputSchema.properties, fields: { type: 'array', items: inner } },
    };
    expect(openObjects(schema)).toEqual(['fields[]']);
    expect(judged(schema).reason).toContain('fields[]');
    expect(openObjects({ ...schema, properties: { ...schema.properties, any: {} } })).toContain(
      'any (it has no type)',
    );
  });
  test('follows references, through unions too', () => {
    const variant = (status: string) => ({
      type: 'object',
      additionalProperties: false,
      properties: { status: { const: status } },
    });
    const union = {
      oneOf: [{ $ref: '#/$defs/yes' }, { $ref: '#/$defs/no' }],
      $defs: { yes: variant('yes'), no: variant('no') },
    };
    expect(statusValues(union, 'status')).toEqual(['no', 'yes']);
    expect(judged(union).status).toBe('pass');
    expect(openObjects({ $ref: '#/$defs/none' })[0]).toContain('leads nowhere');
  });
  test('fails a schema that is none, a status that is open, and actions that are not listed', () => {
    expect(judged({ ...outputSchema, type: 'thing' }).reason).toContain('not a valid JSON Schema');
    expect(judged(outputSchema, { statusField: 'reply' }).status).toBe('fail');
    expect(judged(outputSchema, { statusField: 'missing' }).status).toBe('fail');
    expect(judged(outputSchema, { actionsField: 'reply' }).status).toBe('fail');
  });
});

describe('RO-5', () => {
  const by = (reviewerId: string, over = {}) => {
    const about = facts();
    return {
      ...about,
      promotion: about.promotion && {
        ...about.promotion,
        reviews: [{ ...approval(about, reviewerId), ...over }],
      },
    };
  };
  test('takes an approval of exactly this digest by somebody else', () => {
    expect(resultOf('RO-5', by('reviewer')).status).toBe('pass');
    expect(resultOf('RO-5', by('reviewer', { digest: 'sha256:before' })).reason).toContain('another digest');
  });
  test('counts no author, no requester and nobody without the role', () => {
    expect(resultOf('RO-5', by('author')).status).toBe('pending');
    expect(resultOf('RO-5', by('requester')).status).toBe('pending');
    expect(resultOf('RO-5', by('reviewer', { roles: [] })).status).toBe('pending');
  });
  test('asks for two at high tier, and fails while a reviewer asks for changes', () => {
    expect(resultOf('RO-5', { ...by('reviewer'), tier: 'high' }).reason).toContain('1 approval missing');
    expect(resultOf('RO-5', by('reviewer', { verdict: 'request_changes' })).status).toBe('fail');
  });
  test('is pending where nobody has asked for a promotion', () =>
    expect(resultOf('RO-5', facts({ promotion: null })).status).toBe('pending'));
});

describe('RO-4', () => {
  const limited = (from: Date, over: Partial<Facts> = {}) => {
    const previous = stageAt('internal', {
      occupantId: 'release-1',
      intervals: [{ releaseId: 'release-1', from, to: null }],
    });
    return facts({ stage: stageAt('limited'), previous, ...over });
  };
  test('counts the time of this stay, and starts again after a gap', () => {
    const reason = (about: Facts) => resultOf('RO-4', about).reason;
    expect(reason(limited(daysAgo(0.5)))).toBe(
      'It stays in Internal until 2026-11-24T00:00:00.000Z; Nobody has answered it yet',
    );
    const previous = stageAt('internal', {
      occupantId: 'release-1',
      intervals: [
        { releaseId: 'release-1', from: daysAgo(0.5), to: null },
        { releaseId: 'release-1', from: daysAgo(9), to: daysAgo(0.6) },
      ],
    });
    expect(reason(limited(daysAgo(2), { previous }))).toContain('until 2026-11-24T00:00:00.000Z');
    expect(resultOf('RO-4', limited(daysAgo(2))).measured).toContain('2026-11-21T12:00:00.000Z');
  });
  test('asks a short stay of a replace, and nothing where there is no stage before', () => {
    const replace = { id: 'p', kind: 'replace' as const, requesterIds: [], reviews: [], authorIds: [] };
    expect(resultOf('RO-4', limited(daysAgo(0.5), { promotion: replace })).required).toContain(
      '1 h in Internal',
    );
    expect(resultOf('RO-4', facts()).status).toBe('not_applicable');
  });
});

describe('the contract', () => {
  const withCore = (over: Partial<typeof core>) => {
    const about = facts();
    return { ...about, core: { ...about.core, content: { ...core, ...over } } };
  };
  test('WF-2 wants every metric measured by evals to be a gate metric', () => {
    const metrics = core.successMetrics.map((metric) => ({ ...metric, name: 'tone' }));
    expect(resultOf('WF-2', withCore({ successMetrics: metrics })).reason).toBe(
      'No eval suite gates on tone',
    );
    expect(
      resultOf(
        'WF-2',
        withCore({ successMetrics: metrics.map((metric) => ({ ...metric, source: 'production' as const })) }),
      ).status,
    ).toBe('pass');
  });
  test('checks of a layer apply as soon as the contract or the release has it', () => {
    expect(resultOf('TL-1', facts()).status).toBe('not_applicable');
    expect(
      resultOf('TL-1', withCore({ layers: [{ kind: 'tools', solvesFailure: 'no order data' }] })).status,
    ).toBe('fail');
    const about = facts();
    const tools = { ...about.core, content: { tools: [], limits: {} } };
    expect(resultOf('TL-1', { ...about, tools }).status).toBe('fail');
    expect(resultOf('AR-1', { ...about, tools }).status).toBe('fail');
  });
  test('RO-2 needs something to go back to', () => {
    expect(resultOf('RO-2', withCore({ rollbackLevers: ['revertPrompt'] })).reason).toContain(
      'No earlier release',
    );
    expect(
      resultOf('RO-2', {
        ...withCore({ rollbackLevers: ['revertPrompt'] }),
        rollbackTarget: { id: 'r', number: 3, alias: 'r3' },
      }).reason,
    ).not.toContain('No earlier');
  });
});

describe('who runs it', () => {
  test('OW-1 goes stale half a year after the record was last confirmed, and needs people who are there', () => {
    const about = facts();
    const operating = about.operating && { ...about.operating, createdAt: daysAgo(180) };
    expect(resultOf('OW-1', { ...about, operating }).status).toBe('stale');
    expect(
      resultOf('OW-1', { ...about, operating: operating && { ...operating, ownerTeamHasMember: false } })
        .status,
    ).toBe('fail');
  });
  test('OW-4 names what is overdue', () => {
    const about = facts();
    const content = about.operating && {
      ...about.operating.content,
      duties: [
        { kind: 'cost' as const, ownerTeam: 'support', cadenceDays: 7, lastDoneAt: daysAgo(8).toISOString() },
      ],
    };
    const operating = about.operating && content && { ...about.operating, content };
    expect(resultOf('OW-4', { ...about, operating }).reason).toBe('Overdue: cost since 2026-11-22');
    expect(resultOf('OW-4', about).expiresAt).toEqual(daysAgo(-20));
  });
});
