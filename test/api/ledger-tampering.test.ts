import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyExport } from '@holdpoint/client/verify/verify-export.js';
import fc from 'fast-check';
import { kindOf, LedgerCase } from '../support/ledger-case.js';
import { contentOf, recounted, sealedLine, sha256Of } from '../support/ledger-file.js';

let ledger: LedgerCase;
beforeAll(async () => {
  ledger = await LedgerCase.open();
}, 180_000);
afterAll(() => ledger.close());

describe('The verifier says what was done to an export, and where, when somebody', () => {
  test('flips a byte', async () => {
    const place = ledger.at(3);
    const flipped = ledger.lines[place]!.replace('contract.published', 'contract.publisheD');
    const { code, finding } = await ledger.verify(ledger.replaced(place, flipped));
    expect(code).toBe(1);
    expect(finding).toMatchObject({
      kind: 'altered',
      chain: ledger.chain,
      seq: 3,
      line: place + 1,
    });
  });

  test('drops an entry, with its line counted out', async () => {
    const { finding } = await ledger.verify(recounted(ledger.without(ledger.at(2)), { entries: -1 }));
    expect(finding).toMatchObject({ kind: 'missing', chain: ledger.chain, seq: 2 });
  });

  test('truncates the tail of a chain, with its lines counted out', async () => {
    const last = ledger.at(4);
    const { finding } = await ledger.verify(
      recounted(ledger.without(last, last + 1), { entries: -1, reasons: -1 }),
    );
    expect(finding).toMatchObject({
      kind: 'truncated',
      chain: ledger.chain,
      seq: 4,
      checkpoint: 2,
    });
  });

  test('cuts the file off, in a line or after one', async () => {
    const inLine = await ledger.files.verify(
      ledger.whole.slice(0, Math.floor(ledger.whole.length / 2)),
      ledger.key,
    );
    expect(inLine.finding).toMatchObject({ kind: 'truncated' });
    const after = await ledger.verify(ledger.lines.slice(0, ledger.at(3) + 1));
    expect(after.finding).toMatchObject({
      kind: 'truncated',
      message: expect.stringContaining(`entry 3 of chain ${ledger.chain}`),
    });
    const beforeReason = await ledger.verify(ledger.lines.slice(0, ledger.at(4) + 1));
    expect(beforeReason.finding).toMatchObject({
      kind: 'truncated',
      chain: ledger.chain,
      seq: 4,
    });
  });

  test('swaps two entries', async () => {
    const [first, second] = [ledger.at(2), ledger.at(3)];
    const swapped = ledger
      .replaced(first, ledger.lines[second]!)
      .map((line, index) => (index === second ? ledger.lines[first]! : line));
    expect((await ledger.verify(swapped)).finding).toMatchObject({
      kind: 'reordered',
      chain: ledger.chain,
      seq: 2,
    });
  });

  test('inserts an entry, in the middle or at the end of what was signed', async () => {
    const before = contentOf(ledger.lines[ledger.at(3)]!)!;
    const twice = sealedLine({ ...before, act: 'contract.unpublished' });
    const between = [...ledger.lines.slice(0, ledger.at(3)), twice, ...ledger.lines.slice(ledger.at(3))];
    expect((await ledger.verify(recounted(between, { entries: 1 }))).finding).toMatchObject({
      kind: 'inserted',
      chain: ledger.chain,
      seq: 3,
    });

    const reasonless = { ...contentOf(ledger.lines[ledger.at(4)]!)!, reasonHash: null };
    const next = sealedLine({
      ...reasonless,
      seq: 5,
      prevHash: sha256Of(ledger.lines[ledger.at(4)]!.slice(83, -1)),
    });
    const [after] = [ledger.at(4) + 2];
    const longer = [...ledger.lines.slice(0, after), next, ...ledger.lines.slice(after)];
    expect((await ledger.verify(recounted(longer, { entries: 1 }))).finding).toMatchObject({
      kind: 'inserted',
      chain: ledger.chain,
      seq: 5,
      checkpoint: 2,
    });
  });

  test('seals one entry anew', async () => {
    const forged = sealedLine({ ...contentOf(ledger.lines[ledger.at(2)]!)!, act: 'contract.other' });
    expect((await ledger.verify(ledger.replaced(ledger.at(2), forged))).finding).toMatchObject({
      kind: 'forged',
      chain: ledger.chain,
      seq: 2,
    });
  });

  test('writes a chain anew from one entry on', async () => {
    const first = sealedLine({ ...contentOf(ledger.lines[ledger.at(2)]!)!, act: 'contract.other' });
    const second = sealedLine({
      ...contentOf(ledger.lines[ledger.at(3)]!)!,
      prevHash: (JSON.parse(first) as { hash: string }).hash,
    });
    const anew = ledger.lines.map((line, index) =>
      index === ledger.at(2) ? first : index === ledger.at(3) ? second : line,
    );
    expect((await ledger.verify(anew)).finding).toMatchObject({
      kind: 'forged',
      chain: ledger.chain,
      // Which of those that the checkpoint covers were written anew, only a checkpoint in between could tell.
      seq: 1,
      checkpoint: 1,
    });
  });

  test('alters the line that says where a chain stood', async () => {
    const place = ledger.placesOf('head').find((head) => ledger.lines[head]!.includes(ledger.chain))!;
    const altered = ledger.lines[place]!.replace(
      /"hash":"(.)/,
      (_, digit: string) => `"hash":"${digit === 'a' ? 'b' : 'a'}`,
    );
    const { finding } = await ledger.verify(ledger.replaced(place, altered));
    expect(finding).toMatchObject({ kind: 'altered', chain: ledger.chain, checkpoint: 1, line: place + 1 });
  });

  test('replays an old checkpoint in the place of a new one', async () => {
    const [first, second] = ledger.placesOf('checkpoint');
    const { finding } = await ledger.verify(ledger.replaced(second!, ledger.lines[first!]!));
    expect(finding).toMatchObject({ kind: 'inserted', checkpoint: 1, line: second! + 1 });
  });

  test('takes a checkpoint away', async () => {
    const [, second] = ledger.placesOf('checkpoint');
    expect((await ledger.verify(ledger.without(second!))).finding).toMatchObject({
      checkpoint: expect.any(Number),
    });
    expect((await ledger.verify(ledger.without(second!))).code).toBe(1);
  });

  test('shows an old export, where a later checkpoint was kept', async () => {
    const kept = await ledger.files.write(`${ledger.lines[ledger.placesOf('checkpoint').at(-1)!]!}\n`);
    expect((await ledger.files.verify(ledger.early, ledger.key)).ok).toBe(true);
    const { finding } = await ledger.files.verify(ledger.early, ledger.key, '--trusted-checkpoint', kept);
    expect(finding).toMatchObject({ kind: 'replayed', checkpoint: 3 });
    expect((await ledger.files.verify(ledger.whole, ledger.key, '--trusted-checkpoint', kept)).ok).toBe(true);
  });

  test('edits the text of a reason, or takes it away', async () => {
    const place = ledger.at(4) + 1;
    expect(kindOf(ledger.lines[place]!)).toBe('reason');
    const edited = ledger.lines[place]!.replace('Customers see it', 'Nobody sees it');
    expect((await ledger.verify(ledger.replaced(place, edited))).finding).toMatchObject({
      kind: 'altered',
      chain: ledger.chain,
      seq: 4,
      message: expect.stringContaining('reason'),
    });
    expect((await ledger.verify(ledger.without(place))).finding).toMatchObject({
      kind: 'altered',
      chain: ledger.chain,
      seq: 4,
      message: expect.stringContaining('reason'),
    });
  });

  test('changes any one byte of an entry, a reason, a head or a checkpoint', async () => {
    const from = ledger.whole.indexOf('{"hash"');
    const to = ledger.whole.lastIndexOf('{"end"');
    const bytes = Buffer.from(ledger.whole);

    const keys = [ledger.publicKey];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: from, max: to - 1 }),
        fc.integer({ min: 1, max: 127 }),
        async (place, change) => {
          const altered = Buffer.from(bytes);
          altered[place]! ^= change;
          const stream = (async function* () {
            yield await Promise.resolve(altered);
          })();
          const { finding } = await verifyExport(stream, { keys, trusted: null, threads: 0 });
          expect(finding).not.toBeNull();
        },
      ),
      { numRuns: 400 },
    );
  });
});
