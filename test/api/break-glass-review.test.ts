import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Emergency, type UseState } from '../support/break-glass.builder.js';
import { codes } from '../support/promotion.builder.js';
import { reviseStage } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const hour = 3_600_000;
let world: World;
let team: StaffedTeam;
let administrator: Person;
let security: Person;
let emergency: Emergency;
let use: UseState;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  administrator = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
  security = await world.person({ name: 'Security', organisationRoles: ['security_reviewer'] });
}, 120_000);

beforeEach(async () => {
  emergency = await Emergency.create(world, team, administrator);
  use = await emergency.brought();
}, 60_000);

afterAll(async () => {
  world.shiftClock(0);
  await world.close();
});

interface Waiting {
  kind: string;
  dueAt: string | null;
  link: string;
  workflow: { id: string };
}

const waiting = async (as: Person): Promise<Waiting[]> => {
  const query = 'query { viewer { waitingForYou { kind dueAt link workflow { id } } } }';
  const { viewer } = await world.gql<{ viewer: { waitingForYou: Waiting[] } }>(query, {}, { as });
  return viewer.waitingForYou.filter(
    (item) => item.kind === 'break_glass_review' && item.workflow.id === emergency.workflowId,
  );
};

describe('after a break-glass promotion', () => {
  test('the workflow shows what was passed, by whom and why, until somebody has reviewed it', async () => {
    expect(use).toMatchObject({
      ...{ checkIds: ['SF-1', 'SF-2'], reason: 'The release that is out loses messages', review: null },
      ...{ executedBy: { id: team.member.userId }, grantedBy: { id: administrator.userId } },
    });
    expect(new Date(use.reviewDueAt).getTime() - new Date(use.createdAt).getTime()).toBe(24 * hour);
    await emergency.review(use);
    expect(await emergency.unreviewed()).toEqual([]);
  });

  test('its review waits for everybody who may give it, with the time by which it is due', async () => {
    for (const person of [team.reviewer, security]) {
      expect(await waiting(person)).toMatchObject([
        { dueAt: use.reviewDueAt, link: `/break-glass/${use.id}` },
      ]);
    }
    expect(await waiting(team.member)).toEqual([]);
    expect(await waiting(administrator)).toEqual([]);
    await emergency.review(use);
    expect(await waiting(security)).toEqual([]);
  });

  test('neither who gave the grant nor who used it reviews it; the word of a third is final', async () => {
    expect(codes(await emergency.review(use, administrator))).toEqual(['SELF_APPROVAL']);
    const promoted = await world.person({ teams: [{ teamId: team.id, role: 'reviewer' }] });
    const grant = await emergency.grant({ personId: promoted.userId });
    const next = await emergency.promotions.withPrompt(
      emergency.promotions.workflow.release,
      'Mend {{ticket}}',
    );
    await emergency.use(await emergency.approved(next), grant, {}, promoted);
    const [own] = await emergency.unreviewed();
    expect(codes(await emergency.review(own!, promoted))).toEqual(['SELF_APPROVAL']);
    expect((await emergency.review(use, security, 'unjustified', 'It could have waited')).use).toMatchObject({
      review: { verdict: 'unjustified' },
    });
    expect(codes(await emergency.review(use, team.reviewer))).toEqual(['CONFLICT']);
    const silent = await emergency.review(own!, team.reviewer, 'justified', ' ');
    expect(silent.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'comment'] });
  });

  test('overdue, it stops climbing and widening, and changes nothing that serves', async () => {
    const { promotions, workflowId } = emergency;
    const release = promotions.workflow.release;
    const wider = await reviseStage(world, workflowId, team, 'internal', (definition) => ({
      ...definition,
      audience: {
        ...definition.audience,
        rules: definition.audience.rules.map((rule) => ({
          ...rule,
          operator: 'in' as const,
          values: [...rule.values, 'partner'],
        })),
      },
    }));
    expect(wider).toMatchObject({ userErrors: [], stageRevision: { effect: 'widens' } });
    const widen = await promotions.request({ release, toStage: 'internal', kind: 'widen' });
    const climb = await emergency.approved(release, 'limited');
    const before = await world.db.occupancy.findMany({ where: { workflowId } });
    world.shiftClock(24 * hour + 60_000);
    for (const promotion of [widen, climb]) {
      expect(codes(await promotions.execute(promotion))).toContain('BREAK_GLASS_UNREVIEWED');
    }
    const read = await promotions.read(climb, team.member);
    expect(read.viewerCannotExecuteReason).toMatch(/should have been reviewed by/);
    const past = await emergency.use(climb, await emergency.grant());
    expect(codes(past)).toEqual(['BREAK_GLASS_UNREVIEWED']);
    expect(await world.db.occupancy.findMany({ where: { workflowId } })).toEqual(before);
    await emergency.review(use);
    expect(codes(await promotions.execute(climb))).toEqual([]);
    expect(codes(await emergency.use(climb, await emergency.grant()))).toEqual([]);
    world.shiftClock(0);
  });

  test('overdue, it never holds up a replacement of what is live', async () => {
    const { promotions } = emergency;
    const mended = await promotions.withPrompt(promotions.workflow.release, 'Mend {{ticket}}');
    const replace = await promotions.request({ release: mended, kind: 'replace' });
    await promotions.review(replace);
    world.shiftClock(48 * hour);
    expect(codes(await promotions.execute(replace))).toEqual([]);
    expect(codes(await emergency.use(replace, await emergency.grant()))).toEqual([]);
    world.shiftClock(0);
  });
});
