import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EntryCounter } from '../../apps/admin/src/ledger/entry-counter.js';

const line = fc.constantFrom(
  '{"hash":"00","entry":{}}',
  '{"head":{"chain":"x"}}',
  '{"export":{"v":1}}',
  '{"reason":{"text":"{\\"hash\\""}}',
  '{',
  '',
  '{"ha',
);

test('counts the entries of an export in whatever pieces it comes', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.array(fc.nat({ max: 9 }), { maxLength: 200 }),
      (lines, cuts) => {
        const bytes = new TextEncoder().encode(lines.map((one) => `${one}\n`).join(''));
        const counter = new EntryCounter();
        let at = 0;
        for (const cut of cuts) {
          counter.take(bytes.subarray(at, at + cut));
          at = Math.min(bytes.length, at + cut);
        }
        counter.take(bytes.subarray(at));
        expect(counter.entries).toBe(lines.filter((one) => one.startsWith('{"ha')).length);
        expect(counter.bytes).toBe(bytes.length);
      },
    ),
  );
});
