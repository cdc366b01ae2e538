import { expect, test } from '@jest/globals';
import { formatOfFile, formatOfText } from '../../apps/admin/src/evals/format-of-file.js';

test('a result file says itself in which format it is', async () => {
  const plain = JSON.stringify({ holdpoint: 'eval-run@1', label: 'nightly', cases: [] }, null, 2);
  expect(formatOfText(plain)).toBe('plain');
  expect(formatOfText(JSON.stringify({ evalId: 'eval-1', results: { version: 3 } }))).toBe('promptfoo');
  expect(formatOfText('{"cases": []}')).toBeNull();
  expect(await formatOfFile(new Blob([plain, ' '.repeat(200_000)]))).toBe('plain');
});
