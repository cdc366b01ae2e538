import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { holdpoint } from '../support/holdpoint-command.js';
import { incidentAct, openIncident } from '../support/incident.builder.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { easyPromotions, occupantNumbers } from '../support/promotion.builder.js';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let narrow: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  narrow = await makeKey(world, team.reviewer, { scopes: ['narrow'], teamIds: [team.id] });
}, 120_000);
afterAll(() => world.close());

/** What an engineer on call sees. */
const command = (args: string[]) =>
  holdpoint(args, { HOLDPOINT_URL: world.url, HOLDPOINT_KEY: narrow.secret });
const why = ['--reason', 'It answers nonsense'];
const off = [...why, '--disable'];

describe('with a narrow key, an engineer on call joins an incident', () => {
  let workflow: ServedWorkflow;
  beforeEach(async () => {
    workflow = await servedWorkflow(world, { team });
    await adoptEverywhere(world, workflow);
  });
  const rollbacks = () => world.db.rollback.count({ where: { workflowId: workflow.id } });
  const joined = async () =>
    (await world.db.rollback.findFirst({ where: { workflowId: workflow.id } }))?.incidentId;

  test.each(['by its number', 'by its number with a #', 'by its id'] as const)('%s', async (how) => {
    const resolved = await openIncident(world, workflow.id, team.member, 'Another day');
    const note = 'It was a stale article';
    await incidentAct(world, 'incidentResolve', { incidentId: resolved.id, note }, team.member);
    const { id, number } = await openIncident(world, workflow.id, team.member, 'It invents refunds');
    const name = {
      'by its number': String(number),
      'by its number with a #': `#${String(number)}`,
      'by its id': id,
    }[how];
    for (const [what, refused] of [
      ['resolved', String(resolved.number)],
      ['not there', '7'],
      ['resolved, by its id', resolved.id],
    ] as const) {
      const { code, stderr } = await command(['rollback', workflow.key, ...off, '--incident', refused]);
      expect({ what, code }).toEqual({ what, code: 2 });
      expect(stderr).toContain(
        `--incident ${refused}: ${workflow.key} has no such incident, or it is resolved`,
      );
      expect(stderr).toContain(`#${String(number)} It invents refunds`);
    }
    expect(await rollbacks()).toBe(0);
    const { code, stderr } = await command(['rollback', workflow.key, ...off, '--incident', name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await joined()).toBe(id);
  });

  test('where there is none', async () => {
    const { code, stderr } = await command(['rollback', workflow.key, ...off, '--incident', '1']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--incident 1: .* It has none/),
    });
    expect(await rollbacks()).toBe(0);
  });
});

describe('with a narrow key, an engineer on call goes back', () => {
  test('to the last good release of the stages that are named', async () => {
    const promotions = await easyPromotions(world, team);
    const first = promotions.workflow.release;
    const second = await promotions.withPrompt(first, 'In other words: {{ticket}}');
    const third = await promotions.withPrompt(second, 'Once more: {{ticket}}');
    for (const release of [first, second])
      for (const stage of ['internal', 'limited']) await promotions.bring(release, stage);
    await promotions.bring(third);
    const back = (stages: string) => {
      const key = `${team.key}.${promotions.workflow.key}`;
      return command(['rollback', key, ...why, '--to', 'last-good', '--stages', stages]);
    };
    const both = await back('internal,limited');
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`(internal: ${second.alias}, limited: ${first.alias})`),
    });
    expect(both.stderr).toContain(`All of them can go back to ${first.alias}`);
    expect(await occupantNumbers(promotions)).toEqual([3, 2, null, null]);

    const { code, stdout, stderr } = await back('limited');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`limited: ${second.alias} -> ${first.alias}`);
    expect(await occupantNumbers(promotions)).toEqual([3, 1, null, null]);
  });

  /** Three releases, one after another in the first stage: the last good one is the second. */
  async function threeReleases() {
    const promotions = await easyPromotions(world, team);
    const first = promotions.workflow.release;
    const second = await promotions.withPrompt(first, 'In other words: {{ticket}}');
    const third = await promotions.withPrompt(second, 'Once more: {{ticket}}');
    for (const release of [first, second, third]) await promotions.bring(release);
    const back = (to: string) =>
      command(['rollback', `${team.key}.${promotions.workflow.key}`, ...why, '--to', to]);
    return { promotions, back, first, third };
  }

  test.each(['alias', 'digest', 'number'] as const)(
    'to a release before the last good one, by its %s',
    async (name) => {
      const { promotions, back, first, third } = await threeReleases();
      const unknown = await back('stable-v0');
      expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(`go back to `) });
      expect(unknown.stderr).toContain(first.alias);
      expect(unknown.stderr).not.toContain(third.alias);
      expect((await occupantNumbers(promotions))[0]).toBe(3);

      const { code, stdout, stderr } = await back(String({ ...first, number: 1 }[name]));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`internal: ${third.alias} -> ${first.alias}`);
      expect((await occupantNumbers(promotions))[0]).toBe(1);

      const again = await back(third.digest);
      expect(again).toMatchObject({ code: 1, stdout: expect.stringMatching(/Refused: .* in quarantine/) });
    },
  );
});
