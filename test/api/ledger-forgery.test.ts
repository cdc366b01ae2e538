import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyIdOf } from '@holdpoint/client/verify/ledger-keys.js';
import pg from 'pg';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { exportOf, LedgerFiles } from '../support/ledger-file.js';
import { resigned, rewritten } from '../support/ledger-forger.js';
import { newLedgerKey } from '../support/ledger-keys.js';
import { createPostgresDatabase, postgresAvailable } from '../support/postgres.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const onPostgres = postgresAvailable() ? describe : describe.skip;
const signingKey = newLedgerKey();
const secret = 'the-same-for-every-replica-of-this-test';
const tables = [
  'ledger_entry',
  'ledger_chain',
  'ledger_reason',
  'ledger_checkpoint',
  'ledger_checkpoint_head',
  'ledger_key',
];

let url: string;
let drop: () => Promise<void>;
let files: LedgerFiles;
let key: string;
const worlds: World[] = [];

/** A replica of its own, with its own connections, over the one database. */
async function replica(): Promise<World> {
  const database = await openDatabase({ databaseUrl: url, migrateUrl: null, dataFolder: '' });
  const env = { HOLDPOINT_LEDGER_KEY: signingKey.privatePem, HOLDPOINT_SECRET: secret };
  const world = await createWorld(env, [], { database, url, close: () => database.close() });
  worlds.push(world);
  return world;
}

onPostgres('On PostgreSQL', () => {
  let world: World;
  let team: StaffedTeam;
  let auditor: Person;
  let owner: pg.Client;

  beforeAll(async () => {
    ({ url, drop } = await createPostgresDatabase());
    files = await LedgerFiles.open();
    key = await files.write(signingKey.publicPem, 'key.pem');
    world = await replica();
    team = await staffedTeam(world);
    auditor = await world.person({ organisationRoles: ['auditor'] });
    owner = new pg.Client({ connectionString: url });
    await owner.connect();
  }, 180_000);
  afterAll(async () => {
    await owner.end();
    for (const one of worlds) await one.close();
    await files.close();
    await drop();
  });

  /** A workflow with three entries, covered by a checkpoint. */
  async function chain(): Promise<string> {
    const { id } = await registerWorkflow(world, team);
    await publishContract(world, id, team.member);
    await world.mustAct(
      'workflowTierRaise',
      'workflow { id }',
      { workflowId: id, tier: 'high', reason: 'Seen' },
      team.member,
    );
    await world.app.get(Checkpoints).take();
    return id;
  }

  const verified = async () => files.verify(await exportOf(world, auditor), key);

  test.each([
    `UPDATE ledger_entry SET canonical = canonical`,
    `DELETE FROM ledger_entry`,
    `TRUNCATE ledger_entry`,
    `UPDATE ledger_checkpoint SET root = root`,
    `DELETE FROM ledger_checkpoint_head`,
    `UPDATE ledger_key SET public_key = public_key`,
    `UPDATE ledger_reason SET text = 'Other'`,
    `ALTER TABLE ledger_entry DISABLE TRIGGER USER`,
  ])('the runtime role is refused: %s', async (statement) => {
    await chain();
    await owner.query('BEGIN; SET LOCAL ROLE holdpoint_runtime');
    await expect(owner.query(statement)).rejects.toThrow();
    await owner.query('ROLLBACK');
  });

  /** With every trigger out of the way, and taken back afterwards. */
  async function behindItsBack(work: () => Promise<void>, look: () => Promise<void>): Promise<void> {
    const backup = tables.map((name) => `CREATE TABLE kept_${name} AS TABLE ${name}`);
    for (const sql of backup) await owner.query(sql);
    for (const name of tables) await owner.query(`ALTER TABLE ${name} DISABLE TRIGGER ALL`);
    try {
      await work();
      await look();
    } finally {
      for (const name of tables.toReversed()) await owner.query(`DELETE FROM ${name}`);
      for (const name of tables) {
        await owner.query(`INSERT INTO ${name} SELECT * FROM kept_${name}`);
        await owner.query(`DROP TABLE kept_${name}`);
        await owner.query(`ALTER TABLE ${name} ENABLE TRIGGER ALL`);
      }
    }
  }

  test('a chain rewritten with every hash recomputed fools the chain, and not the checkpoint', async () => {
    const id = await chain();
    await behindItsBack(
      async () => {
        await rewritten(owner, id);
      },
      async () => {
        const query = 'query ($chain: String!) { ledgerVerify(chain: $chain) { ok } }';
        expect(await world.gql(query, { chain: id }, { as: auditor })).toEqual({
          ledgerVerify: { ok: true },
        });
        const { finding } = await verified();
        expect(finding).toMatchObject({ kind: 'forged', chain: id, seq: 1 });
      },
    );
    expect((await verified()).ok).toBe(true);
  });

  test('so does one whose place in the checkpoints was rewritten too: the signed root is another', async () => {
    const id = await chain();
    await behindItsBack(
      async () => {
        const { seq, hash } = await rewritten(owner, id);
        await owner.query('UPDATE ledger_checkpoint_head SET head_hash = $2 WHERE chain = $1 AND seq = $3', [
          id,
          hash,
          seq,
        ]);
      },
      async () => {
        const last = await world.db.ledgerCheckpoint.findFirstOrThrow({ orderBy: { number: 'desc' } });
        const { finding } = await verified();
        expect(finding).toMatchObject({
          kind: 'forged',
          checkpoint: Number(last.number),
          message: expect.stringContaining('root'),
        });
      },
    );
  });

  test('and one whose checkpoints were all signed anew is signed with a key that nobody vouches for', async () => {
    const id = await chain();
    const forger = newLedgerKey();
    const spki = createPrivateKey(forger.privatePem);
    await behindItsBack(
      async () => {
        const { seq, hash } = await rewritten(owner, id);
        await owner.query('UPDATE ledger_checkpoint_head SET head_hash = $2 WHERE chain = $1 AND seq = $3', [
          id,
          hash,
          seq,
        ]);
        const forged = keyIdOf(createPublicKey(forger.publicPem));
        await owner.query('INSERT INTO ledger_key (id, public_key, first_used) VALUES ($1, $2, now())', [
          forged,
          forger.publicPem,
        ]);
        await resigned(owner, forged, (text) => sign(null, Buffer.from(text), spki).toString('base64'));
      },
      async () => {
        const { finding } = await verified();
        expect(finding).toMatchObject({
          kind: 'forged',
          checkpoint: 1,
          message: expect.stringContaining('no given key vouches'),
        });
      },
    );
  });

  test('a head that no entry has is not signed, and is said in the log', async () => {
    const id = await chain();
    await owner.query('BEGIN; SET LOCAL ROLE holdpoint_runtime');
    await owner.query(`UPDATE ledger_chain SET head_hash = repeat('f', 64), seq = seq + 1 WHERE chain = $1`, [
      id,
    ]);
    await owner.query('COMMIT');
    expect(await world.app.get(Checkpoints).take()).toBeNull();
    expect(world.logs.join()).toContain("the chain's head is not its last entry");
    await owner.query(
      `UPDATE ledger_chain c SET seq = e.seq, head_hash = e.hash FROM ledger_entry e WHERE c.chain = $1 AND e.chain = $1 AND e.seq = c.seq - 1`,
      [id],
    );
  });

  test('replicas that take checkpoints at the same time, while acts go on, make one chain of them', async () => {
    const other = await replica();
    const acting = async (count: number) => {
      for (let act = 0; act < count; act += 1) await world.team();
    };
    const taking = async (one: World) => {
      for (let round = 0; round < 15; round += 1) await one.app.get(Checkpoints).take();
    };
    await Promise.all([acting(30), taking(world), taking(other), taking(world), taking(other)]);
    const rows = await world.db.ledgerCheckpoint.findMany({ orderBy: { number: 'asc' } });
    expect(rows.map(({ number }) => Number(number))).toEqual(rows.map((_, index) => index + 1));
    const answer = await verified();
    expect(answer.ok).toBe(true);
    expect(answer.checkpoints).toBeGreaterThanOrEqual(rows.length);
  });
});
