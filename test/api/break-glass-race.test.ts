import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Emergency } from '../support/break-glass.builder.js';
import { createEngine } from '../support/engine.js';
import { postgresAvailable } from '../support/postgres.js';
import { codes } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

/** The embedded database runs one statement at a time; only a server can show what a race does. */
const onServer = postgresAvailable() ? describe : describe.skip;

onServer('a break-glass grant, in a race', () => {
  let world: World;
  let team: StaffedTeam;
  let administrator: Person;

  beforeAll(async () => {
    world = await createWorld({}, [], await createEngine('postgres'));
    team = await staffedTeam(world);
    administrator = await world.person({ organisationRoles: ['administrator'] });
  }, 180_000);

  afterAll(() => world.close());

  const traces = async (workflowId: string) => ({
    uses: await world.db.breakGlassUse.count({ where: { workflowId } }),
    entries: await world.db.ledgerEntry.count({ where: { chain: workflowId, act: 'promotion.brokeGlass' } }),
    pointers: await world.db.occupancy.count({ where: { workflowId } }),
  });

  test('is used once, by whoever comes first: others find the promotion made', async () => {
    const emergency = await Emergency.create(world, team, administrator);
    const [promotion, grant] = [await emergency.approved(), await emergency.grant()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => emergency.use(promotion, grant)));
    expect(answers.filter((answer) => codes(answer).length === 0)).toHaveLength(1);
    expect(await traces(emergency.workflowId)).toEqual({ uses: 1, entries: 1, pointers: 1 });
  }, 120_000);

  test('admits one of two promotions that are made at the same moment', async () => {
    const emergency = await Emergency.create(world, team, administrator);
    await emergency.brought();
    const release = emergency.promotions.workflow.release;
    const next = await emergency.promotions.withPrompt(release, 'Mend {{ticket}}');
    const grant = await emergency.grant();
    const [climb, replace] = [await emergency.approved(release, 'limited'), await emergency.approved(next)];
    const answers = await Promise.all([emergency.use(climb, grant), emergency.use(replace, grant)]);
    expect(answers.map(codes).filter((found) => found.length === 0)).toHaveLength(1);
    expect(await traces(emergency.workflowId)).toEqual({ uses: 2, entries: 2, pointers: 2 });
  }, 120_000);

  test('that is revoked while it is used was either used or revoked, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const emergency = await Emergency.create(world, team, administrator);
      const [promotion, grant] = [await emergency.approved(), await emergency.grant()];
      const use = () => emergency.use(promotion, grant);
      const revoke = () => emergency.revoke(grant);
      const [used, revoked] =
        round % 2 === 0
          ? await Promise.all([use(), revoke()])
          : await Promise.all([revoke(), use()]).then(([second, first]) => [first, second] as const);
      const row = await world.db.breakGlassGrant.findUniqueOrThrow({ where: { id: grant.id } });
      const wasUsed = codes(used).length === 0;
      expect(codes(revoked)).toEqual(wasUsed ? ['CONFLICT'] : []);
      expect(row.revokedAt === null).toBe(wasUsed);
      const { uses, pointers } = await traces(emergency.workflowId);
      expect([uses, pointers]).toEqual(wasUsed ? [1, 1] : [0, 0]);
    }
  }, 180_000);
});
