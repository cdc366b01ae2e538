import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/security.md', root), 'utf8');
const threats = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (threat|---)/.test(line));

test('every threat of the model names tests that exist', () => {
  expect(threats.length).toBeGreaterThan(15);
  const lacking = threats.flatMap((line) => {
    const tests = [...line.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path]) => path ?? '');
    if (tests.length === 0) return [`${line} names no test`];
    return tests.filter((path) => !existsSync(fileURLToPath(new URL(path, root))));
  });
  expect(lacking).toEqual([]);
});
