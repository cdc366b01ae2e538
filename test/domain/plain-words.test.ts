import { expect, test } from '@jest/globals';
import { caseOutcomes, plainCase, successMetric } from '../../apps/api/src/contract.js';
import { missingFields } from '../../apps/api/src/modules/workflow/contract.domain.js';

const metric = { name: 'accuracy', description: 'x', comparator: 'gte', source: 'eval' };

const messages = (schema: typeof successMetric | typeof plainCase, value: object) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message);

test('a wrong value is named in plain words, whichever schema finds it', () => {
  expect(messages(successMetric, { ...metric, threshold: 'high', minSamples: 10 })).toEqual([
    'A number is expected, not text',
  ]);
  expect(messages(successMetric, { ...metric, threshold: 0.9, minSamples: 10.5 })).toEqual([
    'A whole number is expected',
  ]);
  expect(messages(successMetric, { ...metric, threshold: 0.9, minSamples: 0 })).toEqual(['At least 1']);
  expect(messages(plainCase, { caseId: 'one', outcome: 'passed' })).toEqual([
    `One of: ${caseOutcomes.join(', ')}`,
  ]);
  expect(messages(plainCase, { caseId: 'one', outcome: 'pass', extra: 1 })).toEqual([
    'There is no field named extra here',
  ]);
  expect(messages(plainCase, { outcome: 'pass' })).toEqual(['This is missing']);
});

test('in the list of what a contract misses each message says which field it is about', () => {
  const said = missingFields({
    core: { successMetrics: [{ ...metric, threshold: 'high', minSamples: 1.5 }] },
  })
    .filter((field) => field.path[0] === 'successMetrics')
    .map((field) => field.message);
  expect(said).toEqual([
    'Threshold: a number is expected, not text',
    'The least samples: a whole number is expected',
  ]);
});
