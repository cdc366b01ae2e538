import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FetchLog } from '../../apps/api/src/modules/telemetry/fetch-log.service.js';
import type { WorkflowHandle } from '../../packages/client/src/sdk/workflow-handle.js';
import { holdpoint } from '../support/holdpoint-command.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let narrow: KeyHolder;
let runtime: KeyHolder;
let workflow: ServedWorkflow;
let clients: Clients;
let reply: WorkflowHandle;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  narrow = await makeKey(world, team.reviewer, { scopes: ['narrow'], teamIds: [team.id] });
  runtime = await runtimeKey(world, { team });
}, 120_000);
afterAll(() => world.close());

beforeEach(async () => {
  workflow = await servedWorkflow(world, { team });
  await adoptEverywhere(world, workflow);
  clients = new Clients();
  const instance = clients.make({ url: world.url, key: runtime.secret, timeoutMs: 5000 });
  reply = instance.workflow(workflow.key);
  await instance.ready();
  await eventually('the instance is live', () => reply.state === 'live');
  // Its first report has been taken in by then.
  await new Promise((resolve) => setTimeout(resolve, 500));
});
afterEach(() => clients.close());

/** What an engineer on call sees. */
const command = (args: string[], over: Record<string, string> = {}) =>
  holdpoint(args, { HOLDPOINT_URL: world.url, HOLDPOINT_KEY: narrow.secret, ...over });
const why = ['--reason', 'It answers nonsense'];
const off = [...why, '--disable'];
const rollbacks = () => world.db.rollback.count({ where: { workflowId: workflow.id } });

describe('an engineer on call, with a narrow key', () => {
  test('switches a workflow off, and sees its instances follow', async () => {
    const { code, stdout } = await command(['rollback', workflow.key, ...why, '--disable']);
    expect(stdout).toContain('switch it off (100 % of the traffic, 1 instance):');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/Rollback 1 is applied, as version 1\.\d+/),
    });
    expect(stdout).toMatch(/1 of 1 instance, slowest \d+\.\d s/);
    expect(reply.get()).toMatchObject({ outcome: 'disabled', isFallback: true });
  });

  test('does not wait for who only fetches, once every instance with the SDK has confirmed', async () => {
    const asked = await world.fetch(`/ofrep/v1/evaluate/flags/${workflow.key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      as: runtime,
    });
    expect(asked.status).toBe(200);
    world.app.get(FetchLog, { strict: false }).flush();
    await writeOut(world);
    const { code, stdout } = await command(['rollback', workflow.key, ...off, '--wait', '4']);
    expect(stdout).toMatch(/1 of 1 instance, slowest \d+\.\d s; by OFREP 0 of 1 has fetched it/);
    expect(stdout).not.toContain('not everybody');
    expect(code).toBe(0);
  });

  test('falls back in one stage for a segment', async () => {
    const place = ['--stages', 'general', '--segment', 'plan=free'];
    const back = ['--fallback', 'people', ...place];
    const { code, stdout } = await command(['rollback', workflow.key, ...why, ...back]);
    expect(code).toBe(0);
    expect(stdout).toContain('Only where plan is free');
    const stage = 'general';
    expect(reply.get({ stage, plan: 'free' })).toMatchObject({ outcome: 'fallback', fallbackTo: 'people' });
    expect(reply.get({ stage, plan: 'team' }).outcome).toBe('release');
    const more = await command(['rollback', workflow.key, ...off, ...place]);
    expect(more.stdout).toMatch(/general: falls back \(holds [\w-]+\) -> switched off/);
  });

  test('without levers is shown what is recommended, and nothing is done without a yes', async () => {
    const asked = await command(['rollback', workflow.key, ...why]);
    expect(asked).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/Recommended: \w+\. .*\nThis would /),
    });
    expect(await rollbacks()).toBe(0);
    const agreed = await command(['rollback', workflow.key, ...why, '--yes']);
    expect(agreed).toMatchObject({ code: 0, stdout: expect.stringContaining('Rollback 1 is applied') });
    expect(reply.get().isFallback).toBe(true);
  });

  test('is told of an instance that does not honour the lever, or does not answer', async () => {
    const deaf = clients.make({ url: world.url, key: runtime.secret, ignoresLevers: ['disable'] });
    deaf.workflow(workflow.key);
    await deaf.ready();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { code, stdout } = await command(['rollback', workflow.key, ...why, '--disable', '--wait', '2']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/1 of 2 instances/);
    expect(stdout).toContain(`${deaf.instanceId} has it, and does not honour disable`);
  });

  test.each([
    ['no reason', ['rollback', 'KEY'], /--reason/],
    [
      'a fallback that is none',
      ['rollback', 'KEY', ...why, '--fallback', 'moon'],
      /search, templates or people/,
    ],
    ['a stage and everything', ['rollback', 'KEY', ...why, '--everywhere', '--stages', 'a'], /--everywhere/],
    ['a segment that is none', ['rollback', 'KEY', ...off, '--segment', 'free'], /attribute=value/],
    ['one attribute twice', ['rollback', 'KEY', ...off, '--segment', 'plan=a,plan=b'], /plan=one,other/],
    ['a workflow that is unknown', ['rollback', 'a.b', ...why], /There is no workflow a\.b/],
  ])('with %s is told so, and nothing happens', async (_what, args, says) => {
    const { code, stderr } = await command(args.map((arg) => (arg === 'KEY' ? workflow.key : arg)));
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(await rollbacks()).toBe(0);
  });

  test('is refused where nothing can be gone back to', async () => {
    const to = ['--to', 'last-good'];
    const { code, stderr } = await command(['rollback', workflow.key, ...why, ...to]);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no release to go back to/),
    });
  });
});

describe('when the answer is lost', () => {
  let proxy: Server;
  let lost: number;

  /** Hands requests on, and loses the answers to the first mutations after they have happened. */
  async function losing(answers: number): Promise<string> {
    lost = 0;
    proxy = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const headers = {
          'content-type': 'application/json',
          authorization: request.headers.authorization ?? '',
        };
        void fetch(`${world.url}${request.url ?? ''}`, { method: 'POST', headers, body }).then(
          async (answer) => {
            const text = await answer.text();
            if (body.includes('mutation') && lost < answers) {
              lost += 1;
              response.destroy();
            } else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
          },
        );
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
  }
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  test('the same is asked again, and it happens once', async () => {
    const url = await losing(2);
    const asked = await command(['rollback', workflow.key, ...why, '--disable'], { HOLDPOINT_URL: url });
    expect(asked).toMatchObject({ code: 0, stderr: expect.stringContaining('does nothing twice') });
    expect(lost).toBe(2);
    expect(await rollbacks()).toBe(1);
  });

  test('for good, it says what is served, and how to ask again', async () => {
    const url = await losing(100);
    const asked = await command(['rollback', workflow.key, ...why, '--disable'], { HOLDPOINT_URL: url });
    expect(asked).toMatchObject({ code: 4, stderr: expect.stringMatching(/--again \S{20}/) });
    expect(asked.stdout).toMatch(/Served now[\s\S]*Served now[\s\S]*general: switched off/);
    const again = /--again (\S+)/.exec(asked.stderr)![0].split(' ');
    const other = await command(['rollback', `${team.key}.another`, ...again]);
    expect(other).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/--again .*Nothing was sent/),
    });
    expect(other.stderr).toContain(`about ${workflow.key}, not ${team.key}.another`);
    const garbled = await command(['rollback', workflow.key, '--again', 'x'.repeat(40)]);
    expect(garbled).toMatchObject({ code: 2, stderr: expect.stringMatching(/--again takes what/) });
    for (const idle of [why, ['--to', 'last-good'], ['--stages', 'general'], ['--disable']]) {
      const { code, stdout, stderr } = await command(['rollback', workflow.key, ...idle, ...again]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`${idle[0]!} has no effect beside --again`);
    }
    const several = await command(['rollback', workflow.key, '--everywhere', ...why, ...again]);
    expect(several.stderr).toContain('--everywhere and --reason have no effect beside --again');
    const heard = await command(['rollback', workflow.key, '--wait', '20', '--yes', ...again]);
    expect(heard).toMatchObject({ code: 0, stdout: expect.stringContaining('Rollback 1 is applied') });
    expect(await rollbacks()).toBe(1);
  }, 60_000);
});

describe('the snapshot of a workflow', () => {
  test('is shown as an application gets it', async () => {
    await command(['rollback', workflow.key, ...why, '--fallback', 'search']);
    const over = { HOLDPOINT_KEY: runtime.secret };
    const { code, stdout } = await command(['snapshot', workflow.key], over);
    expect(code).toBe(0);
    expect(stdout).toMatch(/in production, version 1\.\d+\n {2}internal \(\d+ %\): /);
    expect(stdout).toMatch(/overlay [\w, ]+: fallback/);
    const json = await command(['snapshot', workflow.key, '--json'], over);
    expect(JSON.parse(json.stdout)).toMatchObject({ key: workflow.key, environment: 'production' });
    expect(await command(['snapshot', 'a.b'], over)).toMatchObject({ code: 1 });
    expect(await command(['snapshot', workflow.key])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/scope/),
    });
    const unknown = { HOLDPOINT_KEY: `${runtime.secret.slice(0, -4)}0000` };
    expect(await command(['snapshot', workflow.key], unknown)).toMatchObject({
      code: 2,
      stderr: 'This key is not valid\n',
    });
  });
});
