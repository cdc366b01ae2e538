import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { openObjects } from '../../apps/api/src/modules/readiness/open-objects.js';
import { statusValues } from '../../apps/api/src/modules/readiness/json-schema.js';
import { core, daysAgo, facts, outputSchema, stageAt } from '../support/readiness.builder.js';
import { approval, resultOf } from '../support/readiness-results.js';

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
