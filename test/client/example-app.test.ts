import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { supportReply } from '../../apps/api/src/demo/stories/support-reply.js';
import { playScenario } from '../../packages/client/src/conformance/scenario.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import { adoptEverywhere, runtimeKey, servedWorkflow } from '../support/runtime.builder.js';
import { eventually } from '../support/sdk.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const server = fileURLToPath(new URL('../../docs/example-app/server.mjs', import.meta.url));

interface Answer {
  reply: string | null;
  handedTo?: string;
  by: { release: string | null; outcome: string; state: string };
}

/** The example application, as its README starts it. */
class Desk {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(env: Record<string, string>): Promise<Desk> {
    const child = spawn(process.execPath, [server], {
      env: { PATH: process.env['PATH'], PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually('it listens', () => said.includes('listening on'), 20_000);
    return new Desk(child, /listening on (\S+)/.exec(said)![1]!);
  }

  async ask(ticket = 'My parcel is late'): Promise<Answer> {
    const body = JSON.stringify({ ticket, user: 'u-1', stage: 'internal' });
    const answer = await fetch(`${this.url}/replies`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Answer;
  }

  /** Asks until it is so. */
  async until(isSo: (answer: Answer) => boolean): Promise<Answer> {
    for (const end = performance.now() + 5000; performance.now() < end;) {
      const answer = await this.ask();
      if (isSo(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`It never was so: ${JSON.stringify(await this.ask())}`);
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    return ended;
  }
}

let world: World;
let team: StaffedTeam;
let promotions: Promotions;
let env: Record<string, string>;
let folder: string;
let responder: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  promotions = await easyPromotions(world, team);
  responder = await world.person({ organisationRoles: ['responder'] });
  const { secret } = await runtimeKey(world, { team });
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-desk-'));
  env = {
    ...{ HOLDPOINT_URL: world.url, HOLDPOINT_KEY: secret, HOLDPOINT_DATA_DIR: folder },
    HOLDPOINT_WORKFLOW: `${team.key}.${promotions.workflow.key}`,
  };
}, 120_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

test('the example application follows a promotion, a release that replaces it, and two rollbacks', async () => {
  const { workflow } = promotions;
  const desk = await Desk.start(env);
  try {
    expect(await desk.ask()).toMatchObject({ reply: null, by: { outcome: 'failure' } });
    await promotions.bring(workflow.release);
    const first = await desk.until(({ by }) => by.release === workflow.release.alias);
    expect(first.reply).toContain('My parcel is late');
    // As its README says, it drafts with what the demo serves, which takes passages too.
    const ofTheDemo = supportReply.prompt.versions.at(-1)!.text;
    const second = await promotions.withPrompt(workflow.release, ofTheDemo);
    await promotions.bring(second);
    const reworded = await desk.until(({ by }) => by.release === second.alias);
    expect(reworded.reply).toMatch(/<ticket>\nMy parcel is late\n<\/ticket>\n\nPolicy passages:\n\[KB-17\] /);

    const { id: releaseId, digest } = workflow.release;
    const back = { scope: 'stages', levers: [{ kind: 'revertRelease', releaseId, digest }] };
    expect((await rollBack(world, responder, workflow.id, back)).userErrors).toEqual([]);
    const reverted = await desk.until(({ by }) => by.release === workflow.release.alias);
    expect(reverted.reply).toBe(first.reply);

    const toPeople = { levers: [{ kind: 'fallback', to: 'people' }] };
    expect((await rollBack(world, responder, workflow.id, toPeople)).userErrors).toEqual([]);
    const handed = await desk.until(({ by }) => by.outcome === 'fallback');
    expect(handed).toMatchObject({ reply: null, handedTo: 'the support desk', by: { state: 'live' } });
  } finally {
    expect(await desk.stop()).toBe(0);
  }
}, 120_000);

test('the example application does what the contract says when an operator forces it to', async () => {
  const failureBehaviour = { ...lowTierCore.failureBehaviour, fallback: 'templates' as const };
  const workflow = await servedWorkflow(world, {
    team,
    content: { core: { ...lowTierCore, failureBehaviour } },
  });
  await adoptEverywhere(world, workflow);
  const forced = { HOLDPOINT_WORKFLOW: workflow.key, HOLDPOINT_FORCE_FALLBACK: 'true' };
  const desk = await Desk.start({ ...env, ...forced });
  const answer = await desk.until(({ reply }) => reply !== null);
  expect(answer).toMatchObject({
    reply: expect.stringMatching(/^Thank you for writing/),
    by: { release: null, outcome: 'failure', state: 'fallback' },
  });
  await desk.stop();
}, 60_000);

test('the example application starts without the registry, from its disk or else with people', async () => {
  const nowhere = { ...env, HOLDPOINT_URL: 'http://127.0.0.1:9' };
  const desk = await Desk.start(nowhere);
  expect(await desk.ask()).toMatchObject({
    handedTo: 'the support desk',
    by: { outcome: 'fallback', state: 'disk' },
  });
  await desk.stop();
  const fresh = await Desk.start({ ...nowhere, HOLDPOINT_DATA_DIR: join(folder, 'another') });
  expect(await fresh.ask()).toMatchObject({ handedTo: 'the support desk', by: { state: 'fallback' } });
  await fresh.stop();
}, 60_000);

test('the example application reports as the recipe says', async () => {
  const launch = async (given: object) => {
    const desk = await Desk.start({ ...(given as Record<string, string>) });
    return { stop: () => desk.stop().then(() => undefined) };
  };
  const verdicts = await playScenario(launch, () => undefined);
  expect(verdicts.filter(({ broken }) => broken !== null)).toEqual([]);
}, 120_000);
