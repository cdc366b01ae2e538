import { z } from 'zod';

/** What a value is, as a person says it. */
const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'yes or no (true or false)',
  date: 'a date',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  map: 'an object',
  null: 'nothing',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'A time in UTC is expected, such as 2027-01-10T00:00:00Z',
  date: 'A date is expected, such as 2027-01-10',
  uuid: 'This is not an id',
  url: 'A web address is expected, such as https://example.com',
  email: 'An e-mail address is expected',
};

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function whatItIs(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'this';
  return nouns[typeof value] ?? 'this';
}

const count = (amount: number | bigint, one: string, more: string) =>
  `${String(amount)} ${Number(amount) === 1 ? one : more}`;

function size(origin: string, amount: number | bigint): string {
  if (origin === 'string') return count(amount, 'character', 'characters');
  return origin === 'array' || origin === 'set' ? count(amount, 'entry', 'entries') : String(amount);
}

function wrongType(expected: string, input: unknown): string {
  if (input === undefined || input === null) return 'This is missing';
  if (expected === 'int' && typeof input === 'number') return 'A whole number is expected';
  const noun = nouns[expected];
  return noun === undefined
    ? 'This is not of the expected kind'
    : `${sentence(noun)} is expected, not ${whatItIs(input)}`;
}

/**
 * What is wrong with a value, in words for whoever wrote it. A schema's own message comes before it. Undefined where
 * zod's own words have to do.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined || issue.input === null) return 'This is missing';
      return issue.values.length === 1
        ? `${String(issue.values[0])} is expected here`
        : `One of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'This is missing';
      return `${issue.inclusive === false ? 'More than' : 'At least'} ${size(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'Less than' : 'At most'} ${size(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return formats[issue.format] ?? 'This does not have the form that is expected here';
    case 'unrecognized_keys':
      return `There is no field named ${issue.keys.join(', ')} here`;
    case 'invalid_union':
      return 'This is none of the forms that are accepted here';
    default:
      return undefined;
  }
}

// For every schema of the process that imports it: the API where it parses, the console with the shared shapes.
z.config({ customError: plainWords });
