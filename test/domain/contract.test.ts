import { describe, expect, test } from '@jest/globals';
import {
  completeDraft,
  missingFields,
  requiredComponents,
  tierPreview,
} from '../../apps/api/src/modules/workflow/contract.domain.js';

const core = {
  userJob: 'Put a billing ticket into one of twelve routing codes',
  inputBoundary: 'The text of one ticket',
  outputBoundary: 'One code and a confidence',
  neverDoes: ['Answer the customer'],
  successMetrics: [
    {
      name: 'accuracy',
      description: 'Codes that agree',
      comparator: 'gte',
      threshold: 0.9,
      minSamples: 100,
      source: 'eval',
    },
  ],
  failureBehaviour: {
    whenUnsure: 'Gives the code "unsure"',
    action: 'escalate',
    escalationTarget: 'Billing desk',
    fallback: 'people',
  },
  pattern: 'prompt_schema',
  layers: [],
  autonomyMode: 'suggest',
  risk: {
    money: false,
    legal: false,
    customerStatus: false,
    permissions: false,
    publicStatement: false,
    crossTenantRetrieval: false,
    humanReviewsEveryOutput: true,
    reason: 'A wrong code costs one more hand-over',
  },
  dataClasses: ['customer'],
  rollbackLevers: ['disable'],
};
const output = { schema: { type: 'object' }, statusField: 'status', nullRules: 'Null means not found' };
const at = (found: { component: string; path: string[] }[]) =>
  found.map((f) => [f.component, ...f.path].join('.'));

describe('A contract draft', () => {
  test('with nothing in it misses every field of core and output, each named in words', () => {
    const missing = missingFields({});
    expect(at(missing)).toEqual(
      expect.arrayContaining(['core.userJob', 'core.risk', 'output.schema', 'output.nullRules']),
    );
    expect(missing.find((m) => m.path[0] === 'userJob')?.message).toBe('User job is missing');
    expect(missing.every((m) => m.component === 'core' || m.component === 'output')).toBe(true);
  });

  test('that is complete misses nothing, budgets or no budgets', () => {
    expect(missingFields({ core, output })).toEqual([]);
    expect(completeDraft({ core, output })).toMatchObject({ retrieval: null, tools: null, budgets: null });
  });

  test('names the exact field inside a nested answer', () => {
    const { escalationTarget: _gone, ...failureBehaviour } = core.failureBehaviour;
    expect(missingFields({ core: { ...core, failureBehaviour }, output })).toEqual([
      {
        component: 'core',
        path: ['failureBehaviour', 'escalationTarget'],
        message: 'Escalation target is missing',
      },
    ]);
    expect(at(missingFields({ core: { ...core, userJob: ' ' }, output }))).toEqual(['core.userJob']);
  });

  test.each([
    ['prompt_retrieval', 'retrieval'],
    ['prompt_tools', 'tools'],
    ['agentic_loop', 'tools'],
  ])('with the pattern %s asks for %s and for the failure that it solves', (pattern, component) => {
    const missing = missingFields({ core: { ...core, pattern }, output });
    expect(requiredComponents({ pattern })).toContain(component);
    expect(missing.some((m) => m.component === component)).toBe(true);
    expect(missing).toContainEqual(expect.objectContaining({ component: 'core', path: ['layers'] }));
  });

  test('that fills in tools cannot leave the layer unnamed', () => {
    const missing = missingFields({ core, output, tools: { tools: [] } });
    expect(at(missing)).toEqual(['core.layers']);
  });

  test('shows the tier as soon as the risk questions are answered, and asks for them before', () => {
    expect(tierPreview({})).toEqual({ tier: null, reasons: ['Answer the risk questions first'] });
    const { risk, autonomyMode, dataClasses, pattern } = core;
    expect(tierPreview({ core: { risk, autonomyMode, dataClasses, pattern } }).tier).toBe('low');
    expect(tierPreview({ core, tools: { tools: [{ name: 'refund', effect: 'irreversible' }] } }).tier).toBe(
      'high',
    );
  });

  test.each([[[]], ['text'], [7], [{ core: 'x' }], [{ layers: 'x' }]])(
    'that holds %j is told so and nothing throws',
    (value) => {
      expect(missingFields({ core: value, output: value }).length).toBeGreaterThan(0);
      expect(tierPreview({ core: value, tools: value }).tier).toBeNull();
    },
  );
});
