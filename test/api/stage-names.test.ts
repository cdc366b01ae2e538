import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { liveTwice } from '../support/live.builder.js';
import { reviseStage } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});
afterAll(() => world.close());

test('A rollback is told of by the names that the team gave its stages, wherever people read of it', async () => {
  const { promotions, rollbacks } = await liveTwice(world, team);
  const { id } = promotions.workflow;
  await reviseStage(world, id, team, 'internal', (definition) => ({ ...definition, name: 'Our own people' }));
  const { rollback, incident } = await rollbacks.must({
    levers: [{ kind: 'disable' }],
    stageKeys: ['internal', 'limited'],
  });
  expect(incident.title).toBe('Turned off in Our own people, Limited');
  expect(rollback.stageKeys).toEqual(['internal', 'limited']);
  const { text } = (
    await world.gql<{ incident: { text: string } }>(
      'query ($id: ID!) { incident(id: $id) { text } }',
      { id: incident.id },
      { as: team.member },
    )
  ).incident;
  expect(text).toContain(': turned off, in Our own people, Limited\n');
  const { viewer } = await world.gql<{ viewer: { waitingForYou: { kind: string; detail: string }[] } }>(
    '{ viewer { waitingForYou { kind detail } } }',
    {},
    { as: team.reviewer },
  );
  expect(viewer.waitingForYou.find(({ kind }) => kind === 'rollback_review')?.detail).toBe(
    'Look at it as a different person. Turned off in Our own people, Limited',
  );
});
