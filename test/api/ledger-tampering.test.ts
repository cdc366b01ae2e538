import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  type CheckpointContent,
  type SignedCheckpoint,
} from '@holdpoint/client/ledger/checkpoint.domain.js';
import { keyIdOf } from '@holdpoint/client/verify/ledger-keys.js';
import { verifyExport } from '@holdpoint/client/verify/verify-export.js';
import fc from 'fast-check';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import {
  contentOf,
  exportOf,
  keyOf,
  LedgerFiles,
  linesOf,
  placeOf,
  recounted,
  sealedLine,
  sha256Of,
  textOf,
} from '../support/ledger-file.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let files: LedgerFiles;
let team: StaffedTeam;
let auditor: Person;
let key: string;
/** A workflow's chain of three entries, the last one with a reason, in two checkpoints. */
let chain: string;
/** The export when there was one checkpoint, and when there were three. */
let early: string;
let whole: string;
let lines: string[];

const raise = (workflowId: string) =>
  world.mustAct(
    'workflowTierRaise',
    'workflow { id }',
    { workflowId, tier: 'high', reason: 'Customers see it' },
    team.member,
  );

beforeAll(async () => {
  world = await createWorld();
  files = await LedgerFiles.open();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
  ({ id: chain } = await registerWorkflow(world, team));
  await publishContract(world, chain, team.member);
  early = await exportOf(world, auditor);
  await raise(chain);
  const { id: other } = await registerWorkflow(world, team);
  await publishContract(world, other, team.member);
  await world.app.get(Checkpoints).take();
  await raise(other);
  whole = await exportOf(world, auditor);
  lines = linesOf(whole);
  key = await files.write(await keyOf(world, auditor), 'key.pem');
}, 180_000);
afterAll(async () => {
  await files.close();
  await world.close();
});

const verify = (changed: readonly string[], ...more: string[]) => files.verify(textOf(changed), key, ...more);
const at = (seq: number, of = chain) => placeOf(lines, of, seq);
const kindOf = (line: string) => Object.keys(JSON.parse(line) as object)[0];
const placesOf = (kind: string) => lines.flatMap((line, place) => (kindOf(line) === kind ? [place] : []));
const replaced = (place: number, line: string) => lines.map((old, index) => (index === place ? line : old));
const without = (...places: number[]) => lines.filter((_, index) => !places.includes(index));

describe('An export that nobody touched', () => {
  test('verifies: entries, chains, checkpoints and reasons, as many as the database has', async () => {
    const answer = await files.verify(whole, key);
    expect(answer).toMatchObject({ code: 0, ok: true, finding: null, uncovered: 0, checkpoints: 3 });
    expect(answer.entries).toBe(await world.db.ledgerEntry.count());
    expect(answer.reasons.matched).toBe(await world.db.ledgerReason.count());
    expect(answer.lastCheckpoint?.number).toBe(3);
  });

  test('says how many entries no checkpoint covers yet', async () => {
    const [checkpoint = 0] = placesOf('checkpoint').slice(-1);
    const heads = placesOf('head').filter((place) => place > (placesOf('checkpoint').at(-2) ?? 0));
    const counts = { heads: -heads.length, checkpoints: -1 };
    const uncovered = recounted(without(checkpoint, ...heads), counts);
    expect(await verify(uncovered)).toMatchObject({ ok: true, checkpoints: 2, uncovered: 1 });
  });

  test('verifies for one chain alone, and from one checkpoint on', async () => {
    const one = await files.verify(await exportOf(world, auditor, `?chain=${chain}`), key);
    expect(one).toMatchObject({ ok: true, entries: 3, checkpoints: 3 });
    const [first] = await world.db.ledgerCheckpoint.findMany({ orderBy: { number: 'asc' }, take: 1 });
    const from = encodeURIComponent(first!.at.toISOString());
    const later = await files.verify(await exportOf(world, auditor, `?from=${from}`), key);
    expect(later).toMatchObject({ ok: true, checkpoints: 3 });
    expect(later.entries).toBe(linesOf(whole).filter(contentOf).length - Number(first!.entries));
    const until = await files.verify(await exportOf(world, auditor, `?to=${from}`), key);
    expect(until).toMatchObject({ ok: true, checkpoints: 1, entries: Number(first!.entries) });
  });

  test('goes to auditors and administrators alone', async () => {
    expect((await world.fetch('/ledger/export')).status).toBe(401);
    expect((await world.fetch('/ledger/export', { as: team.reviewer })).status).toBe(403);
    expect((await world.fetch('/ledger/export?chain=none', { as: auditor })).status).toBe(404);
    expect((await world.fetch('/ledger/export?from=soon', { as: auditor })).status).toBe(400);
  });
});

describe('The verifier says what was done to an export, and where, when somebody', () => {
  test('flips a byte', async () => {
    const place = at(2);
    const flipped = lines[place]!.replace('contract.published', 'contract.publisheD');
    const { code, finding } = await verify(replaced(place, flipped));
    expect(code).toBe(1);
    expect(finding).toMatchObject({ kind: 'altered', chain, seq: 2, line: place + 1 });
  });

  test('drops an entry, with its line counted out', async () => {
    const { finding } = await verify(recounted(without(at(1)), { entries: -1 }));
    expect(finding).toMatchObject({ kind: 'missing', chain, seq: 1 });
  });

  test('truncates the tail of a chain, with its lines counted out', async () => {
    const last = at(3);
    const { finding } = await verify(recounted(without(last, last + 1), { entries: -1, reasons: -1 }));
    expect(finding).toMatchObject({ kind: 'truncated', chain, seq: 3, checkpoint: 2 });
  });

  test('cuts the file off, in a line or after one', async () => {
    const inLine = await files.verify(whole.slice(0, Math.floor(whole.length / 2)), key);
    expect(inLine.finding).toMatchObject({ kind: 'truncated' });
    const after = await verify(lines.slice(0, at(2) + 1));
    expect(after.finding).toMatchObject({
      kind: 'truncated',
      message: expect.stringContaining(`entry 2 of chain ${chain}`),
    });
    const beforeReason = await verify(lines.slice(0, at(3) + 1));
    expect(beforeReason.finding).toMatchObject({ kind: 'truncated', chain, seq: 3 });
  });

  test('swaps two entries', async () => {
    const [first, second] = [at(1), at(2)];
    const swapped = replaced(first, lines[second]!).map((line, index) =>
      index === second ? lines[first]! : line,
    );
    expect((await verify(swapped)).finding).toMatchObject({ kind: 'reordered', chain, seq: 1 });
  });

  test('inserts an entry, in the middle or at the end of what was signed', async () => {
    const before = contentOf(lines[at(2)]!)!;
    const twice = sealedLine({ ...before, act: 'contract.unpublished' });
    const between = [...lines.slice(0, at(2)), twice, ...lines.slice(at(2))];
    expect((await verify(recounted(between, { entries: 1 }))).finding).toMatchObject({
      kind: 'inserted',
      chain,
      seq: 2,
    });

    const reasonless = { ...contentOf(lines[at(3)]!)!, reasonHash: null };
    const next = sealedLine({ ...reasonless, seq: 4, prevHash: sha256Of(lines[at(3)]!.slice(83, -1)) });
    const [after] = [at(3) + 2];
    const longer = [...lines.slice(0, after), next, ...lines.slice(after)];
    expect((await verify(recounted(longer, { entries: 1 }))).finding).toMatchObject({
      kind: 'inserted',
      chain,
      seq: 4,
      checkpoint: 2,
    });
  });

  test('seals one entry anew', async () => {
    const forged = sealedLine({ ...contentOf(lines[at(1)]!)!, act: 'contract.other' });
    expect((await verify(replaced(at(1), forged))).finding).toMatchObject({ kind: 'forged', chain, seq: 1 });
  });

  test('writes a chain anew from one entry on', async () => {
    const first = sealedLine({ ...contentOf(lines[at(1)]!)!, act: 'contract.other' });
    const second = sealedLine({
      ...contentOf(lines[at(2)]!)!,
      prevHash: (JSON.parse(first) as { hash: string }).hash,
    });
    const anew = lines.map((line, index) => (index === at(1) ? first : index === at(2) ? second : line));
    expect((await verify(anew)).finding).toMatchObject({ kind: 'forged', chain, seq: 1, checkpoint: 1 });
  });

  test('alters the line that says where a chain stood', async () => {
    const place = placesOf('head').find((head) => lines[head]!.includes(chain))!;
    const altered = lines[place]!.replace(
      /"hash":"(.)/,
      (_, digit: string) => `"hash":"${digit === 'a' ? 'b' : 'a'}`,
    );
    const { finding } = await verify(replaced(place, altered));
    expect(finding).toMatchObject({ kind: 'altered', chain, checkpoint: 1, line: place + 1 });
  });

  test('replays an old checkpoint in the place of a new one', async () => {
    const [first, second] = placesOf('checkpoint');
    const { finding } = await verify(replaced(second!, lines[first!]!));
    expect(finding).toMatchObject({ kind: 'inserted', checkpoint: 1, line: second! + 1 });
  });

  test('takes a checkpoint away', async () => {
    const [, second] = placesOf('checkpoint');
    expect((await verify(without(second!))).finding).toMatchObject({ checkpoint: expect.any(Number) });
    expect((await verify(without(second!))).code).toBe(1);
  });

  test('shows an old export, where a later checkpoint was kept', async () => {
    const kept = await files.write(`${lines[placesOf('checkpoint').at(-1)!]!}\n`);
    expect((await files.verify(early, key)).ok).toBe(true);
    const { finding } = await files.verify(early, key, '--trusted-checkpoint', kept);
    expect(finding).toMatchObject({ kind: 'replayed', checkpoint: 3 });
    expect((await files.verify(whole, key, '--trusted-checkpoint', kept)).ok).toBe(true);
  });

  test('edits the text of a reason, or takes it away', async () => {
    const place = at(3) + 1;
    expect(kindOf(lines[place]!)).toBe('reason');
    const edited = lines[place]!.replace('Customers see it', 'Nobody sees it');
    expect((await verify(replaced(place, edited))).finding).toMatchObject({
      kind: 'altered',
      chain,
      seq: 3,
      message: expect.stringContaining('reason'),
    });
    expect((await verify(without(place))).finding).toMatchObject({
      kind: 'altered',
      chain,
      seq: 3,
      message: expect.stringContaining('reason'),
    });
  });

  test('changes any one byte of an entry, a reason, a head or a checkpoint', async () => {
    const from = whole.indexOf('{"hash"');
    const to = whole.lastIndexOf('{"end"');
    const bytes = Buffer.from(whole);
    const { createPublicKey } = await import('node:crypto');
    const keys = [createPublicKey(await keyOf(world, auditor))];
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
    const { forged, publicKey } = signedByAnother(lines);
    const own = await files.write(publicKey, 'other.pem');
    expect((await files.verify(textOf(forged), own)).ok).toBe(true);
    expect((await verify(forged)).finding).toMatchObject({
      kind: 'forged',
      checkpoint: 1,
      message: expect.stringContaining('key'),
    });
    const kept = await files.write(`${lines[placesOf('checkpoint')[0]!]!}\n`);
    const { finding } = await files.verify(textOf(forged), own, '--trusted-checkpoint', kept);
    expect(finding).toMatchObject({
      kind: 'forged',
      checkpoint: 1,
      message: expect.stringContaining('another history'),
    });
  });

  test('does not help an export that has lost its checkpoints', async () => {
    const bare = without(...placesOf('checkpoint'), ...placesOf('head'));
    const counts = { heads: -placesOf('head').length, checkpoints: -3 };
    expect((await verify(recounted(bare, counts))).finding).toMatchObject({ kind: 'unsigned' });
  });
});
