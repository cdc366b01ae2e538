import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  type CheckpointContent,
  type SignedCheckpoint,
} from '@holdpoint/client/ledger/checkpoint.domain.js';
import { keyIdOf } from '@holdpoint/client/verify/ledger-keys.js';
import { kindOf, LedgerCase } from '../support/ledger-case.js';
import { contentOf, exportOf, linesOf, recounted, sha256Of, textOf } from '../support/ledger-file.js';

let ledger: LedgerCase;
beforeAll(async () => {
  ledger = await LedgerCase.open();
}, 180_000);
afterAll(() => ledger.close());

describe('An export that nobody touched', () => {
  test('verifies: entries, chains, checkpoints and reasons, as many as the database has', async () => {
    const answer = await ledger.files.verify(ledger.whole, ledger.key);
    expect(answer).toMatchObject({ code: 0, ok: true, finding: null, uncovered: 0, checkpoints: 3 });
    expect(answer.entries).toBe(await ledger.world.db.ledgerEntry.count());
    expect(answer.reasons.matched).toBe(await ledger.world.db.ledgerReason.count());
    expect(answer.lastCheckpoint?.number).toBe(3);
  });

  test('says how many entries no checkpoint covers yet', async () => {
    const [checkpoint = 0] = ledger.placesOf('checkpoint').slice(-1);
    const heads = ledger
      .placesOf('head')
      .filter((place) => place > (ledger.placesOf('checkpoint').at(-2) ?? 0));
    const counts = { heads: -heads.length, checkpoints: -1 };
    const uncovered = recounted(ledger.without(checkpoint, ...heads), counts);
    expect(await ledger.verify(uncovered)).toMatchObject({ ok: true, checkpoints: 2, uncovered: 1 });
  });

  test('verifies for one chain alone, and from one checkpoint on', async () => {
    const one = await ledger.files.verify(
      await exportOf(ledger.world, ledger.auditor, `?chain=${ledger.chain}`),
      ledger.key,
    );
    expect(one).toMatchObject({ ok: true, entries: 4, checkpoints: 3 });
    const [first] = await ledger.world.db.ledgerCheckpoint.findMany({ orderBy: { number: 'asc' }, take: 1 });
    const from = encodeURIComponent(first!.at.toISOString());
    const later = await ledger.files.verify(
      await exportOf(ledger.world, ledger.auditor, `?from=${from}`),
      ledger.key,
    );
    expect(later).toMatchObject({ ok: true, checkpoints: 3 });
    expect(later.entries).toBe(linesOf(ledger.whole).filter(contentOf).length - Number(first!.entries));
    const until = await ledger.files.verify(
      await exportOf(ledger.world, ledger.auditor, `?to=${from}`),
      ledger.key,
    );
    expect(until).toMatchObject({ ok: true, checkpoints: 1, entries: Number(first!.entries) });
  });

  test('goes to auditors and administrators alone', async () => {
    expect((await ledger.world.fetch('/ledger/export')).status).toBe(401);
    expect((await ledger.world.fetch('/ledger/export', { as: ledger.team.reviewer })).status).toBe(403);
    expect((await ledger.world.fetch('/ledger/export?chain=none', { as: ledger.auditor })).status).toBe(404);
    expect((await ledger.world.fetch('/ledger/export?from=soon', { as: ledger.auditor })).status).toBe(400);
  });
});

describe('Another key', () => {
  /** The same ledger, signed by somebody else from the first checkpoint on. */
  function signedByAnother(changed: readonly string[]): { forged: string[]; publicKey: string } {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const id = keyIdOf(publicKey);
    let prevHash = '0'.repeat(64);
    const forged = changed.map((line) => {
      if (kindOf(line) === 'key')
        return JSON.stringify({
          key: { id, publicKey: pem, firstUsed: new Date().toISOString(), signedBy: null, signature: null },
        });
      if (kindOf(line) !== 'checkpoint') return line;
      const { checkpoint } = JSON.parse(line) as { checkpoint: SignedCheckpoint };
      const canonical = checkpointText({
        ...(JSON.parse(checkpoint.canonical) as CheckpointContent),
        keyId: id,
        prevHash,
      });
      prevHash = sha256Of(canonical);
      return JSON.stringify({
        checkpoint: {
          canonical,
          signature: sign(null, Buffer.from(canonical), privateKey).toString('base64'),
        },
      });
    });
    return { forged, publicKey: pem };
  }

  test('is not believed, however well everything fits', async () => {
    const { forged, publicKey } = signedByAnother(ledger.lines);
    const own = await ledger.files.write(publicKey, 'other.pem');
    expect((await ledger.files.verify(textOf(forged), own)).ok).toBe(true);
    expect((await ledger.verify(forged)).finding).toMatchObject({
      kind: 'forged',
      checkpoint: 1,
      message: expect.stringContaining('key'),
    });
    const kept = await ledger.files.write(`${ledger.lines[ledger.placesOf('checkpoint')[0]!]!}\n`);
    const { finding } = await ledger.files.verify(textOf(forged), own, '--trusted-checkpoint', kept);
    expect(finding).toMatchObject({
      kind: 'forged',
      checkpoint: 1,
      message: expect.stringContaining('another history'),
    });
  });

  test('does not help an export that has lost its checkpoints', async () => {
    const bare = ledger.without(...ledger.placesOf('checkpoint'), ...ledger.placesOf('head'));
    const counts = { heads: -ledger.placesOf('head').length, checkpoints: -3 };
    expect((await ledger.verify(recounted(bare, counts))).finding).toMatchObject({ kind: 'unsigned' });
  });
});
