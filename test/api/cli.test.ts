import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

const holdpoint = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const run = promisify(execFile);

let world: World;
let team: StaffedTeam;
let promotions: Promotions;
let ci: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  promotions = await easyPromotions(world, team);
  ci = await makeKey(world, team.reviewer, { teamIds: [team.id] });
}, 120_000);
afterAll(() => world.close());

/** What a build server sees of the command. */
async function command(args: string[], over: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], HOLDPOINT_URL: world.url, HOLDPOINT_KEY: ci.secret, ...over };
  const ended = await run(process.execPath, [holdpoint, ...args], { env }).catch((error: unknown) => error);
  const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
  return { code, stdout, stderr };
}

describe('a build server', () => {
  test('asks whether a release is ready, and is told what is missing', async () => {
    const key = `${team.key}.${promotions.workflow.key}`;
    const asked = await command(['ready', key]);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toMatch(/is not ready for internal\n {2}RO-5 pending: /);
    const { stdout } = await command(['ready', key, '--stage', 'internal', '--json']);
    const { digest } = promotions.workflow.release;
    expect(JSON.parse(stdout)).toMatchObject({ workflow: key, digest, stage: 'internal', ready: false });
  });

  test('makes a move that people have approved, once', async () => {
    const promotion = await promotions.request({ release: promotions.workflow.release });
    const execute = ['promotion', 'execute', promotion.id, '--digest', promotion.digest];
    const early = await command(execute);
    expect(early).toMatchObject({ code: 1, stdout: expect.stringMatching(/^Nothing was moved\n {2}.*RO-5/) });
    await promotions.review(promotion);
    expect(await command(execute)).toMatchObject({ code: 0, stdout: 'Moved\n' });
    expect(await command(execute)).toMatchObject({ code: 1, stdout: expect.stringContaining('CONFLICT') });
  });

  test('that restored a database is told where to say so', async () => {
    const said = await command(['restore']);
    expect([said.code, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('npm start -- restore');
    expect((await command(['--help'])).stdout).toContain('restore');
  });

  test.each([
    ['no address', ['ready', 'a.b'], { HOLDPOINT_URL: '' }, /HOLDPOINT_URL/],
    ['no key', ['ready', 'a.b'], { HOLDPOINT_KEY: '' }, /HOLDPOINT_KEY/],
    ['a key that is none', ['ready', 'a.b'], { HOLDPOINT_KEY: `hp_${'x'.repeat(43)}` }, /key/i],
    [
      'a registry that is not there',
      ['ready', 'a.b'],
      { HOLDPOINT_URL: 'http://127.0.0.1:9' },
      /does not answer/,
    ],
    ['a workflow that is unknown', ['ready', 'a.b'], {}, /There is no workflow a\.b/],
    ['a stage that is unknown', ['ready', 'KEY', '--stage', 'moon'], {}, /has no stage moon: internal/],
    ['no digest', ['promotion', 'execute', 'x'], {}, /--digest/],
    ['an option that is unknown', ['ready', 'a.b', '--quick'], {}, /--quick/],
    ['a command that is unknown', ['launch'], {}, /There is no command launch/],
  ])('with %s is told so, in a sentence and with exit code 2', async (_what, args, over, says) => {
    const key = `${team.key}.${promotions.workflow.key}`;
    const { code, stdout, stderr } = await command(
      args.map((arg) => (arg === 'KEY' ? key : arg)),
      over,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.js:\d+/);
  });
});
