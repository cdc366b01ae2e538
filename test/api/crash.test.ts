import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { bundledRunner } from '../support/bundled-runner.js';
import { contradictions } from '../support/pointer-audit.js';
import { createPostgresDatabase, postgresAvailable } from '../support/postgres.js';
import { releasedWorkflow } from '../support/release.builder.js';
import { thinStages } from '../support/stage.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { thoroughness } from '../support/thoroughness.js';
import { createWorld } from '../support/world.js';

/** Times the process is killed on each database. A round takes many seconds. */
const rounds = thoroughness.promotionKills;
let runner: string;
const built = fileURLToPath(
  new URL('../../apps/api/dist/modules/promotion/execution.service.js', import.meta.url),
);
const children: ChildProcess[] = [];
let dataFolder: string;

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('This test runs the built API: npm test builds it first');
  runner = await bundledRunner('promotion-runner');
});
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'holdpoint-crash-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A workflow whose stages ask little, so that many moves are made, and who acts on it. */
async function prepared(databaseUrl: string | null) {
  const database = await openDatabase({ databaseUrl, migrateUrl: databaseUrl, dataFolder });
  const world = await createWorld({}, [], { database, url: databaseUrl, close: () => database.close() });
  try {
    const team = await staffedTeam(world);
    const { id, prompt, model } = await releasedWorkflow(world, team);
    await thinStages(world, id, team, ['internal', 'limited']);
    return {
      ...{ dataFolder, databaseUrl, workflowId: id, promptId: prompt.id },
      ...{
        modelConfigVersionId: model.versionId,
        memberId: team.member.userId,
        reviewerId: team.reviewer.userId,
      },
    };
  } finally {
    await world.close();
  }
}

/** Starts a process that promotes, waits for its first move, and kills it at some moment of the next ones. */
async function promoteUntilKilled(task: object): Promise<string[]> {
  const child = spawn(process.execPath, [runner, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const acknowledged: string[] = [];
  let [rest, errors] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const moved = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(errors)));
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      acknowledged.push(...lines.filter((line) => line !== 'open'));
      if (acknowledged.length > 0) resolve();
    });
  });
  await moved;
  await wait(250 * Math.random());
  child.kill('SIGKILL');
  await once(child, 'close');
  return acknowledged;
}

async function killAgainAndAgain(databaseUrl: string | null): Promise<void> {
  const task = await prepared(databaseUrl);
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    acknowledged.push(...(await promoteUntilKilled(task)));
    const database = await openDatabase({ databaseUrl, migrateUrl: databaseUrl, dataFolder });
    try {
      expect(await contradictions(database, task.workflowId)).toEqual([]);
      const where = { id: { in: acknowledged }, state: 'executed' };
      expect(await database.client.promotion.count({ where })).toBe(acknowledged.length);
    } finally {
      await database.close();
    }
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);
}

describe(`a process killed at any moment of its promotions, ${String(rounds)} times over`, () => {
  test(
    'leaves state, ledger and pointers in agreement on the embedded database',
    () => killAgainAndAgain(null),
    1_200_000,
  );

  (postgresAvailable() ? test : test.skip)(
    'leaves them in agreement on PostgreSQL',
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
