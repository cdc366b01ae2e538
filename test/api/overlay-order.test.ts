import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AsOf } from '../support/as-of.builder.js';
import { liveTwice } from '../support/live.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});
afterAll(() => world.close());

const region = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];
const stageKeys = ['internal', 'limited'];

/** #1 turns the two stages off for everybody; #2 comes later and lets a region fall back, which changes nothing. */
async function offAndThenFallenBack() {
  const live = await liveTwice(world, team);
  const { rollbacks } = live;
  const [off, back] = [
    await rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys }),
    await rollbacks.must({ levers: [{ kind: 'fallback', to: 'people' }], stageKeys, segment: region }),
  ];
  return { ...live, off: off.rollback, back: back.rollback };
}

interface Listed {
  stageKey: string | null;
  kind: string;
  rollback: { number: number };
  overruledBy: { rollback: { number: number } }[];
}

test('What lies over a workflow is listed stage by stage, the overlay that wins first, and what it overrules says so', async () => {
  const { promotions, rollbacks, off, back } = await offAndThenFallenBack();
  const fields = 'overlays { stageKey kind rollback { number } overruledBy { rollback { number } } }';
  const query = `query ($id: ID!, $rollback: ID!) { workflow(id: $id) { ${fields} } rollback(id: $rollback) { ${fields} } }`;
  const read = () =>
    world.gql<{ workflow: { overlays: Listed[] }; rollback: { overlays: Listed[] } }>(
      query,
      { id: promotions.workflow.id, rollback: back.id },
      { as: team.member },
    );
  const said = ({ stageKey, kind, rollback, overruledBy }: Listed) =>
    [stageKey, kind, rollback.number, overruledBy.map((one) => one.rollback.number)] as const;
  const { workflow, rollback } = await read();
  expect(workflow.overlays.map(said)).toEqual([
    ['internal', 'disable', off.number, []],
    ['internal', 'fallback', back.number, [off.number]],
    ['limited', 'disable', off.number, []],
    ['limited', 'fallback', back.number, [off.number]],
  ]);
  expect(rollback.overlays.map(said)).toEqual([
    ['internal', 'fallback', back.number, [off.number]],
    ['limited', 'fallback', back.number, [off.number]],
  ]);
  const statements = async () => (await world.database.statements.during(read)).length;
  const two = await statements();
  const pro = [{ attribute: 'plan', operator: 'equals', values: ['pro'] }];
  await rollbacks.must({ levers: [{ kind: 'fallback', to: 'search' }], stageKeys, segment: pro });
  expect(await statements()).toBe(two);
});

test('Who is on call sees first what decides, although something else was laid later', async () => {
  const { rollbacks, off, back } = await offAndThenFallenBack();
  const overlay = 'kind rollbackNumber isDrill overruledBy { rollbackNumber }';
  const { onCall } = await world.gql<{ onCall: { serving: Record<string, unknown>[] } }>(
    `query ($w: String!) { onCall(workflow: $w) { serving { stageKey effectiveOutcome overlay { kind } overlays { ${overlay} } } } }`,
    { w: rollbacks.workflowId },
    { as: rollbacks.responder },
  );
  expect(onCall.serving[0]).toEqual({
    ...{ stageKey: 'internal', effectiveOutcome: 'disabled', overlay: { kind: 'disable' } },
    overlays: [
      { kind: 'disable', rollbackNumber: off.number, isDrill: false, overruledBy: [] },
      {
        ...{ kind: 'fallback', rollbackNumber: back.number, isDrill: false },
        overruledBy: [{ rollbackNumber: off.number }],
      },
    ],
  });
});

test('What lay over a release is told in the same order, of an instant and of an interval', async () => {
  const { promotions, off, back } = await offAndThenFallenBack();
  const asOf = new AsOf(
    world,
    team.member,
    'stageKey overlaidBy { rollbackNumber overruledBy { rollbackNumber } }',
  );
  const expected = {
    stageKey: 'internal',
    overlaidBy: [
      { rollbackNumber: off.number, overruledBy: [] },
      { rollbackNumber: back.number, overruledBy: [{ rollbackNumber: off.number }] },
    ],
  };
  const filter = { workflowId: promotions.workflow.id, stageKey: 'internal' };
  expect(await asOf.stageAt(filter.workflowId, 'internal', back.appliedAt)).toEqual(expected);
  const { nodes } = await asOf.between(back.appliedAt, null, { filter });
  expect(nodes).toEqual([expected]);
});

test('Of an interval, nothing is said to have been overruled that had effect before the other was laid', async () => {
  const { promotions, rollbacks } = await liveTwice(world, team);
  const { rollback: back } = await rollbacks.must({
    ...{ levers: [{ kind: 'fallback', to: 'people' }], stageKeys: ['internal'] },
  });
  const { rollback: off } = await rollbacks.drill({
    ...{ levers: [{ kind: 'disable' }], stageKeys: ['internal'], minutes: 5 },
  });
  const asOf = new AsOf(
    world,
    team.member,
    'overlaidBy { rollbackNumber isDrill overruledBy { rollbackNumber } }',
  );
  const { nodes } = await asOf.between(back.appliedAt, null, {
    filter: { workflowId: promotions.workflow.id, stageKey: 'internal' },
  });
  expect(nodes[0]?.overlaidBy).toEqual([
    { rollbackNumber: off?.number, isDrill: true, overruledBy: [] },
    { rollbackNumber: back.number, isDrill: false, overruledBy: [] },
  ]);
});
