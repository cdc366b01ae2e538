import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inDays, makeKey } from '../support/key.builder.js';
import { codes } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

describe('an API key', () => {
  let world: World;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
  });
  afterAll(() => world.close());

  test('of somebody who left goes on reading and changes nothing, until a committer or a new maker answers', async () => {
    const leaver = await world.person({ teams: [{ teamId: team.id, role: 'reviewer' }] });
    const holder = await makeKey(world, leaver, { teamIds: [team.id] });
    await world.db.user.update({ where: { id: leaver.userId }, data: { disabledAt: new Date() } });
    expect((await world.raw('{ viewer { user { id } } }', {}, { as: holder })).status).toBe(200);
    const write = (key: string, as: Person) =>
      world.act('promptCreate', 'prompt { id }', { teamId: team.id, key, name: 'Orphan' }, as);
    expect(codes(await write('orphan', holder))).toEqual(['NOBODY_RESPONSIBLE']);
    expect(codes(await write('orphan', { ...holder, committer: team.member.userId }))).toEqual([]);
    const { secret, key } = await world.mustAct<{ secret: string; key: { id: string } }>(
      'keyRotate',
      'key { id } secret',
      { keyId: holder.userId, overlapDays: 0, expiresAt: inDays(10) },
      team.reviewer,
    );
    const taken = { ...holder, userId: key.id, secret };
    expect(codes(await write('taken-over', taken))).toEqual([]);
  });
});
