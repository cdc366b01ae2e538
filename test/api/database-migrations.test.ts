import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { migrate } from '../../apps/api/src/platform/database/migrate.js';
import { type MigrationFile, readMigrations } from '../../apps/api/src/platform/database/migration-file.js';
import { migratePostgres } from '../../apps/api/src/platform/database/postgres-pool.js';
import {
  overEmbedded,
  overPostgres,
  type SqlConnection,
} from '../../apps/api/src/platform/database/sql-connection.js';
import { openDatabase, openInMemory } from '../../apps/api/src/platform/database/open-database.js';
import { asSuperuser, createPostgresDatabase, postgresAvailable } from '../support/postgres.js';

const onPostgres = postgresAvailable() ? test : test.skip;
const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

let embedded: PGlite | null = null;
afterAll(() => embedded?.close());

/** One engine for all tests, emptied: starting another takes seconds. */
async function emptyEmbedded(): Promise<SqlConnection> {
  embedded ??= new PGlite();
  await embedded.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  return overEmbedded(embedded);
}

async function emptyServer(): Promise<{ url: string; connection: SqlConnection }> {
  const { url, drop } = await createPostgresDatabase({ empty: true });
  const client = new Client({ connectionString: url });
  await client.connect();
  cleanup.push(drop, () => client.end());
  return { url, connection: overPostgres(client) };
}

const recorded = (connection: SqlConnection) =>
  connection.query<{ migration_name: string; checksum: string; applied_steps_count: number }>(
    'SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at',
  );

const without = (text: string): MigrationFile => ({
  name: '20990101000000_next',
  sql: text,
  checksum: 'c'.repeat(64),
});

describe.each(['embedded', 'server'])('the migration runner (%s)', (kind) => {
  const run = kind === 'server' ? onPostgres : test;
  const open = async () => (kind === 'server' ? (await emptyServer()).connection : emptyEmbedded());

  run('applies every migration once and records it as Prisma does', async () => {
    const files = await readMigrations();
    const connection = await open();
    expect(await migrate(connection, files)).toEqual(files.map(({ name }) => name));
    expect(await migrate(connection, files)).toEqual([]);
    expect(await recorded(connection)).toEqual(
      files.map(({ name, checksum }) => ({ migration_name: name, checksum, applied_steps_count: 1 })),
    );
  });

  run('refuses a migration that was edited after it was applied, and one it does not know', async () => {
    const files = await readMigrations();
    const connection = await open();
    await migrate(connection, files);
    const edited = files.map((file, index) => (index === 0 ? { ...file, checksum: 'f'.repeat(64) } : file));
    await expect(migrate(connection, edited)).rejects.toThrow(/20\d+_init was changed after it was applied/);
    await expect(migrate(connection, files.slice(0, 1))).rejects.toThrow(
      /_guards, which this version does not know/,
    );
  });

  run('leaves nothing of a migration that fails, and says which one it was', async () => {
    const connection = await open();
    const broken = without('CREATE TABLE half (id INT); SELECT 1 / 0;');
    await expect(migrate(connection, [broken])).rejects.toThrow(
      /20990101000000_next failed.*division by zero/,
    );
    expect(await recorded(connection)).toEqual([]);
    expect(await connection.query("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  });
});

onPostgres('eight runners that start together apply each migration once', async () => {
  const { url, connection } = await emptyServer();
  const applied = await Promise.all(Array.from({ length: 8 }, () => migratePostgres(url)));
  const names = (await readMigrations()).map(({ name }) => name);
  expect(applied.filter((list) => list.length > 0)).toEqual([names]);
  expect((await recorded(connection)).map((row) => row.migration_name)).toEqual(names);
});

onPostgres('a runtime role that may create nothing can start on a migrated database', async () => {
  const { url, drop } = await createPostgresDatabase();
  const login = `login_${String(process.pid)}`;
  const owner = new Client({ connectionString: url });
  await owner.connect();
  cleanup.push(drop, async () => {
    await owner.query(`DROP ROLE ${login}`);
    await owner.end();
  });
  await owner.query(`CREATE ROLE ${login} LOGIN IN ROLE holdpoint_runtime`);
  const runtimeUrl = url.replace('postgres@', `${login}@`);
  expect(await migratePostgres(runtimeUrl)).toEqual([]);
});

onPostgres(
  'an owner who may not create roles can still migrate and run, and the database says with whose rights',
  async () => {
    const { url, drop } = await createPostgresDatabase({ empty: true });
    const owner = `owner_${String(process.pid)}`;
    const name = new URL(url).pathname.slice(1);
    await asSuperuser(url, `CREATE ROLE ${owner} LOGIN; ALTER DATABASE "${name}" OWNER TO ${owner}`);
    cleanup.push(() => asSuperuser(url.replace(name, 'postgres'), `DROP ROLE ${owner}`), drop);
    const ownerUrl = url.replace('postgres@', `${owner}@`);
    const database = await openDatabase({ databaseUrl: ownerUrl, migrateUrl: null, dataFolder: '' });
    cleanup.push(() => database.close());
    expect(database.asOwner).toBe(true);
    await expect(database.client.$executeRaw`TRUNCATE ledger_entry`).rejects.toThrow(/is refused/);
  },
);

test('the embedded database in memory is migrated', async () => {
  const database = await openInMemory();
  cleanup.push(() => database.close());
  expect(await database.client.team.count()).toBe(0);
});
