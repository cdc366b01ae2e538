import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isAlias, modelParameters } from '../../apps/api/src/modules/model/model.schema.js';
import {
  canonicalPrompt,
  parsePrompt,
  promptVariables,
} from '../../apps/api/src/modules/prompt/prompt.domain.js';
import { unclosedVariable } from '../../apps/api/src/modules/prompt/prompt.schema.js';
import { scanForSecrets } from '../../apps/api/src/modules/prompt/secret-scan.domain.js';

describe('A prompt', () => {
  test('that opens a variable and does not close it is found, with its place', () => {
    expect(unclosedVariable('Dear {{name}},\nabout {{unclosed')).toEqual({
      ...{ line: 2, column: 7, start: '{{unclosed' },
    });
    expect(unclosedVariable('{{one {{two}}')).toMatchObject({ line: 1, column: 1, start: '{{one' });
    for (const fine of ['{{a}} {{ b }}', '{{{{literal}}}}', '{ {x} }', '{"a": {"b": {}}}', '}}', '{{}}'])
      expect(unclosedVariable(fine)).toBeNull();
  });

  test('names each of its variables once, in the order in which they appear', () => {
    const text = 'Dear {{ customer }}, about {{ticket.id}} and {{customer}}; not {{}} nor { {x} } nor {{1a}}';
    expect(promptVariables({ format: 'text', text })).toEqual(['customer', 'ticket.id']);
    expect(
      promptVariables({
        format: 'chat',
        messages: [
          { role: 'system', content: '{{policy}}' },
          { role: 'user', content: '{{question}} {{policy}}' },
        ],
      }),
    ).toEqual(['policy', 'question']);
  });

  test('comes back from its canonical text as it was, and another text has another digest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const one = canonicalPrompt({ format: 'text', text: a });
        expect(parsePrompt(one.canonical)).toEqual({ format: 'text', text: a });
        expect(canonicalPrompt({ format: 'text', text: b }).digest === one.digest).toBe(a === b);
      }),
    );
  });
});

/** Written in parts, so that no scanner takes this file for a leak. */
const spell = (...parts: string[]) => parts.join('');

describe('The secret scan', () => {
  test.each([
    ['aws_access_key', spell('key AKIA', 'ABCDEFGH12345678')],
    ['private_key', spell('-----BEGIN RSA ', 'PRIVATE KEY-----')],
    ['jwt', spell('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.', 'c2lnbmF0dXJlc2lnbmF0dXJl')],
    ['bearer_token', spell('Authorization: Bearer ', 'abcdefghijklmnop1234567890')],
    ['anthropic_key', spell('sk-ant-', 'api03-abcdefghijklmnopqrst')],
    ['openai_key', spell('sk-proj-', 'abcdefghijklmnopqrstuvwx')],
    ['google_api_key', spell('AIza', 'abcdefghijklmnopqrstuvwxyz123456789')],
    ['github_token', spell('ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789')],
    ['stripe_key', spell('sk_live_', 'abcdefghijklmnopqrst')],
    ['url_password', 'postgres://app:hunter22@db/prod'],
    ['assigned_secret', 'password = hunter2!x'],
  ])('finds %s and says only its kind and its line', (kind, line) => {
    expect(scanForSecrets(`first\nsecond\r\n${line}\nlast`)).toContainEqual({ kind, line: 3 });
  });

  test.each([
    'Never ask for a password: the customer has none.',
    'password: {{password}}',
    'api_key=<your key here>',
    'The secret: keep answers short',
    'See https://example.com/a:b@c and mail to billing@example.com',
    'Tokens are counted; the bearer of the ticket decides',
    'risk-based and task-oriented answers',
  ])('lets ordinary words pass: %s', (line) => {
    expect(scanForSecrets(line)).toEqual([]);
  });

  test('ends quickly on a long line', () => {
    const started = performance.now();
    for (const unit of ['a', 'password=', 'eyJ', '://:', 'bearer ', 'sk-'])
      scanForSecrets(unit.repeat(200_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('The name of a model', () => {
  test.each([
    'gpt-5.2-2026-03-01',
    'claude-sonnet-4-20250514',
    'claude-sonnet-4@20250514',
    'anthropic.claude-sonnet-4-20250514-v1:0',
    'gpt-4-0613',
    'mistral-large-2411',
    'llama3@sha256:0123456789abcdef',
  ])('%s stays what it is', (name) => {
    expect(isAlias(name)).toBe(false);
  });

  test.each([
    'gpt-5.2',
    'claude-sonnet-4-5',
    'gemini-2.5-flash',
    'gpt-4o-latest',
    'latest',
    'llama-3-70b',
    'model-9999',
  ])('%s can move', (name) => {
    expect(isAlias(name)).toBe(true);
  });
});

describe('Model parameters', () => {
  test('out of their known bounds are refused by name; unknown ones are kept', () => {
    const result = modelParameters.safeParse({ temperature: 3, reasoning: { effort: 'low' } });
    expect(result.error?.issues.map((i) => i.path.join('.'))).toEqual(['temperature']);
    expect(modelParameters.parse({ temperature: 0, reasoning: { effort: 'low' } })).toEqual({
      temperature: 0,
      reasoning: { effort: 'low' },
    });
  });
});
