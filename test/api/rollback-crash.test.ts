import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RollbackService } from '../../apps/api/src/modules/rollback/rollback.service.js';
import type { Database } from '../../apps/api/src/platform/database/database.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { loadActor } from '../../apps/api/src/platform/identity/actor.reads.js';
import { bundledRunner } from '../support/bundled-runner.js';
import { createPostgresDatabase, postgresAvailable } from '../support/postgres.js';
import { easyPromotions } from '../support/promotion.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { thoroughness } from '../support/thoroughness.js';
import { createWorld, type World } from '../support/world.js';

/** Times the process is killed on each database; each starts a product of its own. */
const rounds = thoroughness.rollbackKills;
let runner: string;
const built = fileURLToPath(
  new URL('../../apps/api/dist/modules/rollback/rollback.service.js', import.meta.url),
);
const children: ChildProcess[] = [];
let dataFolder: string;

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('This test runs the built API: npm test builds it first');
  runner = await bundledRunner('rollback-runner');
});
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'holdpoint-rollback-crash-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Asked {
  idempotencyKey: string;
  to: string;
  /** Null: the process died before it said so. */
  rollbackId: string | null;
}

/** Starts a process that rolls back, waits for its first act, and kills it at some moment of the next ones. */
async function rollBackUntilKilled(task: object): Promise<Asked[]> {
  const child = spawn(process.execPath, [runner, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: string[] = [];
  let [rest, errors] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const acted = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(errors)));
    child.stdout.on('data', (chunk: Buffer) => {
      const read = (rest + chunk.toString()).split('\n');
      rest = read.pop() ?? '';
      lines.push(...read);
      if (lines.some((line) => line.startsWith('done'))) resolve();
    });
  });
  await acted;
  await wait(120 * Math.random());
  child.kill('SIGKILL');
  await once(child, 'close');
  const done = new Map(lines.filter((line) => line.startsWith('done')).map((line) => pair(line)));
  return lines
    .filter((line) => line.startsWith('asked'))
    .map((line) => {
      const [idempotencyKey, to] = pair(line);
      return { idempotencyKey, to, rollbackId: done.get(idempotencyKey) ?? null };
    });
}

function pair(line: string): [string, string] {
  const [, one = '', other = ''] = line.split(' ');
  return [one, other];
}

/** A rollback is there with all that it writes, or nothing of it is. */
async function wholeRollbacks({ client }: Database, workflowId: string): Promise<string[]> {
  const rows = await client.rollback.findMany({
    where: { workflowId },
    include: { overlays: true, holds: true },
    orderBy: { number: 'asc' },
  });
  for (const [index, row] of rows.entries()) {
    expect(row.number).toBe(index + 1);
    expect(row.overlays).toHaveLength(2);
    expect(row.holds).toHaveLength(2);
    expect(await client.ledgerEntry.count({ where: { id: row.ledgerEntryId } })).toBe(1);
    expect(await client.incident.count({ where: { id: row.incidentId ?? '' } })).toBe(1);
  }
  const chain = { chain: workflowId, act: 'rollback.triggered' };
  expect(await client.ledgerEntry.count({ where: chain })).toBe(rows.length);
  expect(await client.overlay.count({ where: { workflowId } })).toBe(2 * rows.length);
  const { epoch } = await client.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  expect(rows.at(-1)?.epoch ?? epoch).toBe(epoch);
  return rows.map(({ id }) => id);
}

const worldOver = async (databaseUrl: string | null): Promise<World> => {
  const database = await openDatabase({ databaseUrl, migrateUrl: databaseUrl, dataFolder });
  return createWorld({}, [], { database, url: databaseUrl, close: () => database.close() });
};

async function prepared(databaseUrl: string | null): Promise<{ workflowId: string; responderId: string }> {
  const world = await worldOver(databaseUrl);
  try {
    const team = await staffedTeam(world);
    const promotions = await easyPromotions(world, team);
    for (const stage of ['internal', 'limited']) await promotions.bring(promotions.workflow.release, stage);
    const responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
    return { workflowId: promotions.workflow.id, responderId: responder.userId };
  } finally {
    await world.close();
  }
}

/** Asks again for what the process died over. @returns the rollback of that key */
async function again(world: World, workflowId: string, responderId: string, { idempotencyKey, to }: Asked) {
  const responder = await loadActor(world.db, responderId);
  if (!responder) throw new Error('Whoever rolled back is gone');
  const input = {
    ...{ workflowId, scope: 'stages', stageKeys: ['internal', 'limited'] },
    ...{ levers: [{ kind: 'fallback', to }], reason: 'It answers nonsense', idempotencyKey },
  };
  const rollbacks = world.app.get(RollbackService, { strict: false });
  return (await rollbacks.trigger(responder, 'again', input, performance.now())).rollbackId;
}

async function killAgainAndAgain(databaseUrl: string | null): Promise<void> {
  const { workflowId, responderId } = await prepared(databaseUrl);
  for (let round = 0; round < rounds; round += 1) {
    const asked = await rollBackUntilKilled({
      dataFolder,
      databaseUrl,
      workflowId,
      responderId,
    });
    const world = await worldOver(databaseUrl);
    try {
      const found = await wholeRollbacks(world.database, workflowId);
      const acknowledged = asked.flatMap(({ rollbackId }) => rollbackId ?? []);
      expect(found).toEqual(expect.arrayContaining(acknowledged));
      const last = asked.at(-1)!;
      // The retry tells which: the rollback that happened, or one that is made now; never a second one.
      const told = await again(world, workflowId, responderId, last);
      const after = await wholeRollbacks(world.database, workflowId);
      expect(after.at(-1)).toBe(told);
      if (found.includes(told)) expect(after).toEqual(found);
      else expect(last.rollbackId).toBeNull();
      if (last.rollbackId) expect(told).toBe(last.rollbackId);
    } finally {
      await world.close();
    }
  }
}

describe(`a process killed at any moment of its rollbacks, ${String(rounds)} times over`, () => {
  test(
    'leaves each entirely or not at all, and the retry tells which, on the embedded database',
    () => killAgainAndAgain(null),
    1_200_000,
  );

  (postgresAvailable() ? test : test.skip)(
    'does so on PostgreSQL',
    async () => {
      const { url, drop } = await createPostgresDatabase();
      try {
        await killAgainAndAgain(url);
      } finally {
        await drop();
      }
    },
    1_200_000,
  );
});
