import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leafText, type CheckpointContent } from '@holdpoint/client/ledger/checkpoint.domain.js';
import { MerkleTree } from '@holdpoint/client/ledger/merkle-tree.js';
import { createWorld, type Person, type World } from '../support/world.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';

let world: World;
let administrator: Person;
let auditor: Person;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  administrator = await world.person({ organisationRoles: ['administrator'] });
  auditor = await world.person({ organisationRoles: ['auditor'] });
  team = await staffedTeam(world);
}, 180_000);
afterAll(() => world.close());

interface Checkpoint {
  number: number;
  canonical: string;
  signature: string;
  hash: string;
  prevHash: string;
  entries: number;
}
const fields = 'number canonical signature hash prevHash entries chains root keyId at';
const take = async (as = administrator) =>
  (
    await world.mustAct<{ checkpoint: Checkpoint }>(
      'ledgerCheckpointCreate',
      `checkpoint { ${fields} }`,
      {},
      as,
    )
  ).checkpoint;
const proof = async () =>
  (
    await world.gql<{
      ledgerProof: { publicKey: string; keyId: string; uncovered: number; lastCheckpoint: Checkpoint | null };
    }>(`{ ledgerProof { publicKey keyId uncovered lastCheckpoint { ${fields} } } }`, {}, { as: auditor })
  ).ledgerProof;
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

describe('A checkpoint', () => {
  test('signs where every chain stands, and follows the one before it', async () => {
    const first = await take();
    await registerWorkflow(world, team);
    const second = await take();
    expect(second.number).toBe(first.number + 1);
    expect(second.prevHash).toBe(sha256(first.canonical).toString('hex'));
    const { publicKey, uncovered } = await proof();
    const key = createPublicKey(publicKey);
    expect(verify(null, Buffer.from(second.canonical), key, Buffer.from(second.signature, 'base64'))).toBe(
      true,
    );
    expect(uncovered).toBe(0);

    const content = JSON.parse(second.canonical) as CheckpointContent;
    const heads = await world.db.ledgerCheckpointHead.findMany({
      orderBy: [{ leaf: 'asc' }, { seq: 'asc' }],
    });
    const tree = new MerkleTree(sha256);
    for (const { chain, leaf, seq, headHash } of heads)
      tree.set(leaf, Buffer.from(leafText({ chain, leaf, seq: Number(seq), hash: headHash })));
    expect(content.root).toBe(tree.root());
    expect(content.entries).toBe(await world.db.ledgerEntry.count());
    expect(content.chains).toBe(tree.size);
  });

  test('names only the chains that grew, each always by the same leaf', async () => {
    await take();
    const { id } = await registerWorkflow(world, team);
    const { number } = await take();
    const { heads } = await world.db.ledgerCheckpoint.findUniqueOrThrow({
      where: { number },
      include: { heads: true },
    });
    // Its registration begins its own chain.
    expect(heads.map((head) => head.chain)).toEqual([id]);
    await publishContract(world, id, team.member);
    const later = await take();
    const again = await world.db.ledgerCheckpointHead.findMany({
      where: { chain: id },
      orderBy: { seq: 'asc' },
    });
    expect(later.number).toBe(number + 1);
    expect(again.map((head) => head.leaf)).toEqual([heads[0]?.leaf, heads[0]?.leaf]);
  });

  test('is not taken again while nothing happens', async () => {
    const last = await take();
    expect((await take()).number).toBe(last.number);
  });

  test('is taken by an administrator, and read by an auditor; by nobody else', async () => {
    const refusal = await world.raw(
      'mutation { ledgerCheckpointCreate(input: {}) { checkpoint { number } } }',
      {},
      { as: auditor },
    );
    expect(refusal.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const listed = await world.raw('{ ledgerCheckpoints { totalCount } }', {}, { as: team.member });
    expect(listed.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const { ledgerCheckpoints } = await world.gql<{
      ledgerCheckpoints: { totalCount: number; nodes: Checkpoint[] };
    }>(`{ ledgerCheckpoints(first: 2) { totalCount nodes { ${fields} } } }`, {}, { as: auditor });
    expect(ledgerCheckpoints.nodes).toHaveLength(Math.min(2, ledgerCheckpoints.totalCount));
  });

  test('is refused by the database when it does not continue the last one', async () => {
    const last = await world.db.ledgerCheckpoint.findFirstOrThrow({ orderBy: { number: 'desc' } });
    const skipping = { ...last, id: crypto.randomUUID(), number: last.number + 2n };
    await expect(world.db.ledgerCheckpoint.create({ data: skipping })).rejects.toThrow();
    await expect(
      world.db.ledgerCheckpoint.update({ where: { id: last.id }, data: { root: '' } }),
    ).rejects.toThrow();
  });

  test('leaves the private key out of the database, the log and the answers', async () => {
    await take();
    const { readFile, stat } = await import('node:fs/promises');
    const path = `${world.config.dataFolder}/ledger-key.pem`;
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const secret = (await readFile(path, 'utf8')).split('\n')[1]!;
    const tables = await world.db.$queryRaw<{ text: string }[]>`
      SELECT coalesce(string_agg(k::text, ' '), '') AS text FROM ledger_key k`;
    expect(tables[0]?.text).not.toContain(secret);
    expect(world.logs.join()).not.toContain(secret);
    expect(JSON.stringify(await proof())).not.toContain(secret);
  });
});

describe('Without a key', () => {
  test('a server says that it takes no checkpoints, and goes on', async () => {
    const { readSigners } = await import('../../apps/api/src/platform/ledger/ledger-signer.js');
    const ledger = { key: null, keyFile: null, previousKeyFile: null, pushFile: null, pushUrl: null };
    const none = await readSigners({ ledger, databaseUrl: 'postgresql://x', dataFolder: '/nowhere' });
    expect(none).toEqual({ current: null, previous: null });
  });

  test('a key of another kind is refused by name, without a word of it', async () => {
    const { readSigners } = await import('../../apps/api/src/platform/ledger/ledger-signer.js');
    const { privateKey } = generateKeyPairSync('x25519');
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const ledger = { key, keyFile: null, previousKeyFile: null, pushFile: null, pushUrl: null };
    const reading = readSigners({ ledger, databaseUrl: null, dataFolder: '/nowhere' });
    await expect(reading).rejects.toThrow(/HOLDPOINT_LEDGER_KEY: must be an Ed25519 private key/);
    await expect(reading).rejects.not.toThrow(key.split('\n')[1]);
  });
});
