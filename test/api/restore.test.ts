import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { restore } from '../../apps/api/src/restore.js';
import { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import { Switchboard } from '../support/switchboard.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

/** The same for every server on this data, so that people stay signed in. */
const secret = 'a secret that every server of this test has';

let folder: string;
let board: Switchboard;
let world: World;
let isServing = false;
let client: Holdpoint;
let team: StaffedTeam;
let responder: Person;
let promotions: Promotions;
let key: KeyHolder;

const backup = () => join(folder, 'backup');
const config = (data: string) =>
  readConfig({ NODE_ENV: 'test', HOLDPOINT_DATA: join(folder, data) }, []).config;

/** A server on this copy of the data; the client's address leads to it. */
async function serve(data: string): Promise<void> {
  const database = await openDatabase({
    databaseUrl: null,
    migrateUrl: null,
    dataFolder: join(folder, data),
  });
  world = await createWorld({ HOLDPOINT_SECRET: secret }, [], {
    database,
    url: null,
    close: () => database.close(),
  });
  board.lead(world.url);
  isServing = true;
}

async function stopServing(): Promise<void> {
  if (!isServing) return;
  isServing = false;
  board.lead(null);
  await world.close();
}

async function fromBackup(data: string): Promise<void> {
  await cp(backup(), join(folder, data), { recursive: true });
}

const follows = async (what: () => boolean): Promise<boolean> => {
  for (let waited = 0; waited < 15_000 && !what(); waited += 50) await pause(50);
  return what();
};
const handle = () => client.workflow(`${team.key}.${promotions.workflow.key}`);
const outcome = () => handle().get({ stage: 'internal' }).outcome;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-restore-'));
  board = await Switchboard.open();
  await serve('first');
  team = await staffedTeam(world);
  responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
  promotions = await easyPromotions(world, team);
  await promotions.bring(promotions.workflow.release);
  key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  await stopServing();
  await cp(join(folder, 'first'), backup(), { recursive: true });
  await serve('first');
  client = new Holdpoint({
    ...{ url: board.url, key: key.secret, application: 'support-desk' },
    workflows: [`${team.key}.${promotions.workflow.key}`],
    timings: { pollMs: 200, retryMs: 50, retryMostMs: 200, heartbeatMs: 500 },
    onProblem: () => undefined,
  });
});
afterAll(async () => {
  await stopServing();
  await client.close();
  await board.close();
  await rm(folder, { recursive: true, force: true });
});

test('after a restore every instance follows the next rollback, also one that knows a later version than the copy', async () => {
  expect(await follows(() => outcome() === 'release')).toBe(true);
  for (const kind of ['fallback', 'disable'])
    await rollBack(world, responder, promotions.workflow.id, {
      levers: [kind === 'fallback' ? { kind, to: 'people' } : { kind }],
    });
  expect(await follows(() => outcome() === 'disabled')).toBe(true);
  const known = handle().version;
  await stopServing();

  await fromBackup('second');
  const said: string[] = [];
  await restore(config('second'), (line) => said.push(line));
  expect(said[0]).toMatch(/^[^ ]+: 1\.\d+ -> \d+\.\d+$/);
  expect(said.at(-1)).toContain('Raised 1 workflow.');
  await serve('second');
  // What the copy says is served again, although its epoch is below what the instance knew.
  expect(await follows(() => outcome() === 'release')).toBe(true);
  expect(handle().version.incarnation).toBeGreaterThan(known.incarnation);
  expect(handle().version.epoch).toBeLessThan(known.epoch);
  const { userErrors } = await rollBack(world, responder, promotions.workflow.id);
  expect(userErrors).toEqual([]);
  expect(await follows(() => outcome() === 'disabled')).toBe(true);
  const entries = await world.db.ledgerEntry.findMany({ where: { act: 'workflow.incarnationRaised' } });
  expect(entries.map(({ chain, actorKind }) => [chain, actorKind])).toEqual([
    [promotions.workflow.id, 'system'],
  ]);
});

test('the same copy can be restored again, and is followed again', async () => {
  const known = handle().version;
  await stopServing();
  await fromBackup('third');
  await restore(config('third'), () => undefined);
  await serve('third');
  expect(await follows(() => outcome() === 'release')).toBe(true);
  expect(handle().version.incarnation).toBeGreaterThan(known.incarnation);
});
