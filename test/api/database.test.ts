import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine, type Engine } from '../support/engine.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { asSuperuser, postgresAvailable } from '../support/postgres.js';

describe.each([['pglite'], ['postgres']] as const)('the database (%s)', (kind) => {
  const run = kind === 'pglite' || postgresAvailable() ? test : test.skip;
  let engine: Engine;
  beforeAll(async () => {
    if (kind === 'pglite' || postgresAvailable()) engine = await createEngine(kind);
  });
  afterAll(() => engine.close());
  const team = () => ({ id: randomUUID(), key: randomUUID(), name: 'Team', createdAt: new Date() });

  run('is migrated when it is opened', async () => {
    const chains = await engine.database.client.ledgerChain.findMany();
    expect(chains.map(({ chain, headHash }) => [chain, headHash])).toEqual([
      ['organisation', '0'.repeat(64)],
    ]);
    expect(chains[0]?.lastAt).toEqual(new Date(0));
  });

  run('gives back the instant it was given, whatever the time zone', async () => {
    const createdAt = new Date('2026-07-01T23:30:00.123Z');
    const { id } = await engine.database.client.team.create({ data: { ...team(), createdAt } });
    const found = await engine.database.client.team.findUniqueOrThrow({ where: { id } });
    expect(found.createdAt).toEqual(createdAt);
  });

  run('counts the statements of a query, and not what begins and ends a transaction', async () => {
    const { client, statements } = engine.database;
    expect(await statements.during(() => client.team.count())).toHaveLength(1);
    const inside = await statements.during(() =>
      client.$transaction(async (tx) => {
        await tx.team.create({ data: team() });
        await tx.$queryRaw`SELECT 1`;
      }),
    );
    expect(inside.filter((sql) => sql.startsWith('INSERT'))).toHaveLength(1);
    expect(inside.filter((sql) => sql === 'SELECT 1')).toHaveLength(1);
    expect(inside.filter((sql) => /BEGIN|COMMIT|CONSTRAINTS/.test(sql))).toEqual([]);
  });

  run('keeps nothing of a transaction that threw, and goes on', async () => {
    const { client } = engine.database;
    const data = team();
    await expect(
      client.$transaction(async (tx) => {
        await tx.team.create({ data });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await client.team.count({ where: { id: data.id } })).toBe(0);
  });

  run('tells listeners what is notified, until they stop', async () => {
    const { database } = engine;
    const heard: string[] = [];
    const stop = await database.listen('holdpoint_test', (payload) => heard.push(payload));
    await database.notify('holdpoint_test', 'one');
    await wait(200);
    await stop();
    await database.notify('holdpoint_test', 'two');
    await wait(200);
    expect(heard).toEqual(['one']);
  });
});

const onPostgres = postgresAvailable() ? test : test.skip;

onPostgres('another process hears, also after the listening connection was cut', async () => {
  const engine = await createEngine('postgres');
  const other = await openDatabase({ databaseUrl: engine.url, migrateUrl: null, dataFolder: '' });
  try {
    const heard: string[] = [];
    await other.listen('holdpoint_test', (payload) => heard.push(payload));
    await engine.database.notify('holdpoint_test', 'before');
    await wait(200);
    await asSuperuser(
      engine.url ?? '',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'holdpoint listener'`,
    );
    await wait(2_000);
    await engine.database.notify('holdpoint_test', 'after');
    await wait(200);
    expect(heard).toEqual(['before', 'after']);
  } finally {
    await other.close();
    await engine.close();
  }
});
