import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { playDemoInstances } from '../../apps/api/src/demo/demo-instances.js';
import { demoEmail, demoPassword } from '../../apps/api/src/demo/people.js';
import { rollBack } from '../support/rollback-acts.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let responder: Person;
let end: () => void = () => undefined;

beforeAll(async () => {
  world = await createWorld({}, ['--demo']);
  const email = demoEmail('oncall');
  const cookie = await world.signIn(email, demoPassword);
  responder = { userId: '', name: '', email, password: demoPassword, cookie };
  end = await playDemoInstances(world.app);
});
afterAll(async () => {
  end();
  await world.close();
});

test('the instances of the demo are named as simulated, and really follow a rollback, one slower than the others', async () => {
  const query = `{ workflow(key: "support.reply") { id instances { totalCount nodes { application sdk state } } driftFindings { id } } }`;
  type Found = {
    workflow: {
      id: string;
      instances: { totalCount: number; nodes: { application: string; sdk: string; state: string }[] };
      driftFindings: { id: string }[];
    };
  };
  const read = () => world.gql<Found>(query, {}, { as: responder });
  for (let waited = 0; waited < 5_000 && (await read()).workflow.instances.totalCount < 6; waited += 100)
    await pause(100);
  const { workflow } = await read();
  expect(workflow.instances.nodes).toHaveLength(6);
  for (const one of workflow.instances.nodes)
    expect([one.application, one.sdk, one.state]).toEqual([
      'support-desk (demo)',
      'simulated (demo)',
      'serving',
    ]);
  const { rollback, userErrors } = await rollBack(world, responder, workflow.id);
  expect(userErrors).toEqual([]);
  const effectOf = `query ($id: ID!) { rollback(id: $id) { effect { state expected confirmed slowestMs } } }`;
  type Effect = {
    rollback: { effect: { state: string; expected: number; confirmed: number; slowestMs: number } };
  };
  const effect = async () =>
    (await world.gql<Effect>(effectOf, { id: rollback!.id }, { as: responder })).rollback.effect;
  for (let waited = 0; waited < 8_000 && (await effect()).state !== 'confirmed'; waited += 100)
    await pause(100);
  expect(await effect()).toMatchObject({ state: 'confirmed', expected: 6, confirmed: 6 });
  expect((await effect()).slowestMs).toBeGreaterThan(1_000);
  expect((await read()).workflow.driftFindings).toEqual([]);
});
