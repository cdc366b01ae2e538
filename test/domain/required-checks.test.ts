import { expect, test } from '@jest/globals';
import { requiredChecks } from '../../apps/admin/src/contract/required-checks.js';

const stages = ['internal', 'limited', 'expanded', 'general'];
const from = (low: string | null) => ({ low, medium: low, high: low });
const check = (area: string, requiredFrom: string | null, mode = 'manual') => ({
  ...{ area, mode, manualInterim: false, requiredFrom: from(requiredFrom) },
});

test('what a tier will require is told as the gates ask for it: each stage asks for what earlier ones did too', () => {
  const checks = [
    check('workflow', 'internal'),
    check('evaluation', 'limited', 'auto'),
    check('tools', 'limited'),
    check('safety', null),
  ];
  const counts = (tools: boolean) =>
    requiredChecks(checks, 'low', { retrieval: false, tools }, stages).map(({ count, computed }) => [
      count,
      computed,
    ]);
  expect(counts(false)).toEqual([
    [1, 0],
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
  expect(counts(true)[1]).toEqual([3, 1]);
});
