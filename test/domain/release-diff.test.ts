import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  changedComponents,
  diffReleases,
  isReplaceable,
  type ComparableRelease,
} from '../../apps/api/src/modules/release/diff.domain.js';
import { diffValues, type JsonValue } from '../../apps/api/src/modules/release/value-diff.domain.js';
import { canonicalJson, digestOf } from '../../apps/api/src/platform/digest/digest.js';

const prompt = (text: string) => ({
  digest: digestOf({ format: 'text', text }),
  format: 'text' as const,
  text,
});
const chat = (...messages: { role: string; content: string }[]) => ({
  digest: digestOf({ format: 'chat', messages }),
  format: 'chat' as const,
  messages,
});
const model = (temperature: number, name = 'gpt-5.2-2026-03-01') => ({
  digest: digestOf([name, temperature]),
  provider: 'openai',
  model: name,
  parameters: { temperature },
});
const release = (over: Partial<ComparableRelease> = {}): ComparableRelease => ({
  components: {
    core: { userJob: 'Draft a reply', neverDoes: ['Send it'] },
    output: { statusField: 'status' },
    retrieval: null,
    tools: { tools: [{ name: 'find', effect: 'read' }] },
    budgets: { p95LatencyMs: 2000 },
  },
  steps: [{ name: 'main', prompt: prompt('Hello {{name}}'), model: model(0.2) }],
  ...over,
});
const json = fc.jsonValue({ maxDepth: 3 }).map((v) => JSON.parse(JSON.stringify(v)) as JsonValue);

describe('The diff of two releases', () => {
  test('names the one model parameter that changed, with both values', () => {
    const to = release({ steps: [{ name: 'main', prompt: prompt('Hello {{name}}'), model: model(0.7) }] });
    expect(diffReleases(release(), to)).toEqual([
      {
        component: 'models',
        path: 'main.parameters.temperature',
        kind: 'changed',
        before: 0.2,
        after: 0.7,
        danger: 5,
      },
    ]);
  });

  test('shows prompts as text and says that a change of prompts alone may replace', () => {
    const to = release({ steps: [{ name: 'main', prompt: prompt('Hi {{name}}'), model: model(0.2) }] });
    const changes = diffReleases(release(), to);
    expect(changes).toMatchObject([
      { component: 'prompts', path: 'main', before: 'Hello {{name}}', after: 'Hi {{name}}' },
    ]);
    expect(isReplaceable(changes)).toBe(true);
    expect(isReplaceable([])).toBe(false);
  });

  test('puts what is dangerous first: contract, prompts, models, tools, output, retrieval, budgets', () => {
    const to: ComparableRelease = {
      components: {
        core: { userJob: 'Send a reply', neverDoes: ['Send it'] },
        output: { statusField: 'result' },
        retrieval: { usersSeeSources: true },
        tools: { tools: [{ name: 'find', effect: 'write' }] },
        budgets: { p95LatencyMs: 3000 },
      },
      steps: [{ name: 'main', prompt: prompt('Other'), model: model(0.2, 'gpt-5.2') }],
    };
    const changes = diffReleases(release(), to);
    expect(changes.map((c) => c.component)).toEqual([
      'core',
      'prompts',
      'models',
      'tools',
      'output',
      'retrieval',
      'budgets',
    ]);
    expect(changes.find((c) => c.component === 'tools')?.path).toBe('tools.find.effect');
    expect(changes.find((c) => c.component === 'retrieval')).toMatchObject({ kind: 'added', path: '' });
    expect(isReplaceable(changes)).toBe(false);
    expect(changedComponents(changes)).toHaveLength(7);
  });

  test('shows a step that came, a step that went, and steps in another order', () => {
    const router = { name: 'router', prompt: prompt('Route'), model: model(0) };
    const main = { name: 'main', prompt: prompt('Hello {{name}}'), model: model(0.2) };
    const two = release({ steps: [router, main] });
    expect(diffReleases(release(), two)).toMatchObject([
      { component: 'prompts', path: 'router', kind: 'added', after: 'Route' },
      { component: 'models', path: 'router', kind: 'added' },
    ]);
    expect(diffReleases(two, release()).map((c) => c.kind)).toEqual(['removed', 'removed']);
    const swapped = diffReleases(two, release({ steps: [main, router] }));
    expect(swapped).toMatchObject([{ component: 'models', path: 'steps', before: ['router', 'main'] }]);
    expect(isReplaceable(swapped)).toBe(false);
  });

  test('sees two chats that read the same and end their messages elsewhere', () => {
    const step = (p: ReturnType<typeof chat>) =>
      release({ steps: [{ name: 'main', prompt: p, model: model(0) }] });
    const one = step(chat({ role: 'user', content: 'a\n\nuser:\nb' }));
    const two = step(chat({ role: 'user', content: 'a' }, { role: 'user', content: 'b' }));
    expect(diffReleases(one, two)).toMatchObject([{ path: 'main.messages' }]);
  });

  test('is empty exactly when nothing differs', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(diffValues(a, a, '')).toEqual([]);
        expect(diffValues(a, b, '').length === 0).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 1000 },
    );
  });

  test('of lists whose items name themselves is empty exactly when nothing differs', () => {
    const item = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      effect: fc.constantFrom('read', 'write'),
    });
    const items = fc.uniqueArray(item, { selector: (i) => i.name }) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(items, items, (a, b) => {
        expect(diffValues(a, b, 'tools').length === 0).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 1000 },
    );
  });
});
