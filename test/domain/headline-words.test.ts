import { expect, test } from '@jest/globals';
import { headlineWords } from '../../apps/admin/src/live/headline-words.js';

type Headline = Parameters<typeof headlineWords>[0];
type Part = Headline['elsewhere'][number];

const names: Record<string, string> = { internal: 'Internal', limited: 'Limited', general: 'General' };
const off = (...stageKeys: string[]): Part => ({ outcome: 'disabled', to: null, release: null, stageKeys });
const back = (...stageKeys: string[]): Part => ({ ...off(...stageKeys), outcome: 'fallback', to: 'people' });
const served = (number: number, ...stageKeys: string[]): Part => ({
  ...{ outcome: 'release', to: null, release: { number, alias: `r${String(number)}` }, stageKeys },
});
const said = (first: Part, ...elsewhere: Part[]) =>
  headlineWords({ ...first, elsewhere, everywhere: elsewhere.length === 0 }, (key) => names[key] ?? key);

test('What every stage does is said once', () => {
  expect(said(back('internal', 'limited'))).toEqual({
    ...{ title: 'Falls back to people in every stage', where: null, others: null },
  });
  expect(said(served(2, 'internal'))).toEqual({ title: '#2 r2', where: null, others: null });
});

test('Where one stage is turned off and the others fall back, the headline says both', () => {
  expect(said(off('limited'), back('internal', 'general'))).toEqual({
    title: 'Turned off in Limited; falls back to people in Internal, General',
    ...{ where: 'in Limited', others: null },
  });
  const failing: Part = { ...off('general'), outcome: 'failure' };
  expect(said(back('limited'), failing).title).toBe(
    'Falls back to people in Limited; no release is served in General',
  );
});

test('Where a release is served in some stages, the others are said beside it', () => {
  expect(said(served(3, 'internal'), served(2, 'limited'), off('general'))).toEqual({
    ...{ title: '#3 r3', where: 'in Internal' },
    others: '#2 r2 in Limited; turned off in General',
  });
});
