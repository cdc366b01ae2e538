import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ledgerActs } from '../../apps/api/src/contract.js';

const source = fileURLToPath(new URL('../../apps/api/src/', import.meta.url));

/** Names of acts as the code writes them. */
function actsInCode(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(source + file, 'utf8').matchAll(/\bact: '([a-z_A-Z]+\.[a-z_A-Z]+)'/g),
  ]);
  return [...new Set(named.map(([, act = '']) => act))];
}

test('every act that the code writes is among those that the ledger can be filtered by', () => {
  expect(actsInCode().length).toBeGreaterThan(30);
  expect(actsInCode().filter((act) => !ledgerActs.some((known) => known === act))).toEqual([]);
});
