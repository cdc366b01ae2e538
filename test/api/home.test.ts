import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatedWorkflow } from '../support/gated.builder.js';
import { Rollbacks } from '../support/rollback.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let gated: GatedWorkflow;

beforeAll(async () => {
  world = await createWorld();
  gated = await GatedWorkflow.create(world);
}, 180_000);
afterAll(() => world.close());

interface Home {
  waitingForYou: {
    kind: string;
    title: string;
    detail: string;
    link: string;
    checkId: string | null;
    dueAt: string | null;
    overdue: boolean;
    workflow: { id: string };
    promotion: { id: string } | null;
  }[];
  goingStale: { checkId: string; staleAt: string; workflow: { id: string } }[];
}
const query = `{ viewer { waitingForYou { kind title detail link checkId since dueAt overdue workflow { id } promotion { id } } goingStale { checkId staleAt link workflow { id } } } }`;
const home = async (as: Person) => (await world.gql<{ viewer: Home }>(query, {}, { as })).viewer;
const kinds = async (as: Person) => (await home(as)).waitingForYou.map((item) => item.kind);

describe('Home', () => {
  test('is empty for a person to whom nothing falls', async () => {
    expect(await home(await world.person())).toEqual({ waitingForYou: [], goingStale: [] });
  });

  test('follows a promotion: the reviewer reviews, then whoever asked promotes, then nothing waits', async () => {
    const { first } = gated;
    await gated.measure(first.id);
    const { id } = await gated.request(first.id, 'internal');
    const [item] = (await home(gated.team.reviewer)).waitingForYou;
    expect(item).toMatchObject({
      ...{ kind: 'review', title: `${first.alias} into Internal` },
      link: `/promotions/${id}`,
      workflow: { id: gated.id },
      promotion: { id },
    });
    expect(await kinds(gated.lead)).toEqual([]);
    await gated.approve(id, first.digest);
    expect(await kinds(gated.team.reviewer)).not.toContain('review');
    expect(await kinds(gated.lead)).toEqual(['execute']);
    const { readiness } = await gated.execute(id, first.digest);
    expect(readiness?.complete).toBe(true);
    expect(await kinds(gated.lead)).toEqual([]);
  });

  test('asks the team for the answers that the next stage needs, and shows what will expire', async () => {
    const { first } = gated;
    await gated.request(first.id, 'limited');
    const { waitingForYou, goingStale } = await home(gated.team.member);
    const answers = waitingForYou.filter((item) => item.kind === 'answer');
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.every((item) => item.link.startsWith('/') && item.checkId !== null)).toBe(true);
    expect(goingStale).toEqual([]);
    world.shiftClock(20 * 86_400_000);
    const later = await home(gated.team.member);
    expect(later.goingStale.map((item) => item.checkId)).toContain('EV-2');
    world.shiftClock(0);
  });

  test('tells who approved that another release took the place of theirs, until they have read that one', async () => {
    const other = await GatedWorkflow.create(world);
    const { reviewer, member } = other.team;
    const { id, revision } = await other.request(other.first.id, 'internal');
    await other.approve(id, other.first.digest);
    expect(await kinds(reviewer)).not.toContain('approval_stale');
    const next = await other.reworded(other.first.id);
    const input = { promotionId: id, expectedRevision: revision, releaseId: next.id };
    await world.mustAct('promotionRetarget', 'promotion { id }', input, other.lead);
    expect((await home(reviewer)).waitingForYou).toMatchObject([
      {
        ...{ kind: 'approval_stale', title: `${next.alias} into Internal`, link: `/promotions/${id}` },
        detail: `You approved #1 ${other.first.alias}; that counts no more, for this is another release`,
      },
    ]);
    expect(await kinds(member)).not.toContain('approval_stale');
    await other.approve(id, next.digest);
    expect(await kinds(reviewer)).toEqual([]);
  });

  test('offers a waiver to a second person, and not to whoever asked for it', async () => {
    const input = {
      ...{ workflowId: gated.id, checkId: 'SF-4', reason: 'The notice is being written' },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    await world.mustAct('waiverRequest', 'waiver { id }', input, gated.team.member);
    expect(await kinds(gated.team.reviewer)).toContain('waiver');
    expect(await kinds(gated.team.member)).not.toContain('waiver');
  });

  test('asks the database as often for several promotions as for one', async () => {
    const risk = await world.person({ organisationRoles: ['risk_reviewer', 'security_reviewer'] });
    const statements = async () => (await world.database.statements.during(() => home(risk))).length;
    const one = await statements();
    for (let i = 0; i < 3; i += 1) {
      const other = await GatedWorkflow.create(world);
      await other.measure(other.first.id);
      await other.request(other.first.id, 'internal');
    }
    expect(await statements()).toBe(one);
  }, 180_000);

  test('asks for the review that a rollback owes, of everyone who may give it and never of who rolled back', async () => {
    const both = await world.person({
      teams: [
        { teamId: gated.team.id, role: 'reviewer' },
        { teamId: gated.team.id, role: 'responder' },
      ],
    });
    const rollbacks = new Rollbacks(world, gated.id, both);
    const { rollback } = await rollbacks.must({ levers: [{ kind: 'disable' }] });
    await rollbacks.must({ levers: [{ kind: 'fallback', to: 'people' }], stageKeys: ['internal'] });
    const owed = async (as: Person) =>
      (await home(as)).waitingForYou.filter((item) => item.kind === 'rollback_review');
    const others = [gated.team.reviewer, await world.person({ organisationRoles: ['risk_reviewer'] })];
    for (const as of others) {
      expect(await owed(as)).toMatchObject([
        {
          detail: expect.stringMatching(/different person. Turned off in Internal/),
          ...{ title: 'Rollback #1', workflow: { id: gated.id }, promotion: null },
          link: `/workflows/${gated.id}/rollbacks/${rollback.id}`,
          ...{ dueAt: rollback.reviewDueAt, overdue: false },
        },
        { title: 'Rollback #2' },
      ]);
    }
    expect(await owed(both)).toEqual([]);
    expect(await owed(gated.team.member)).toEqual([]);
    world.shiftClock(3 * 86_400_000);
    expect((await owed(others[0]!)).map(({ overdue }) => overdue)).toEqual([true, true]);
    world.shiftClock(0);
    await rollbacks.review(rollback, gated.team.reviewer);
    expect((await owed(others[1]!)).map(({ title }) => title)).toEqual(['Rollback #2']);
  });
});
