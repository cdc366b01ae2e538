import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SnapshotStore } from '../../apps/api/src/modules/runtime/snapshot-store.service.js';
import { makeKey } from '../support/key.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const many = 600;
let world: World;
let team: StaffedTeam;
let responder: Person;
const clients = new Clients();
const workflows: { id: string; key: string }[] = [];

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
  // What is registered and not served yet is heard of by asking, which worlds do not do by themselves.
  world.app.get(SnapshotStore, { strict: false }).start(500);
  const name = (at: number) => `draft-a-reply-to-ticket-${String(at)}`;
  for (let at = 0; at < many; at += 20)
    workflows.push(
      ...(await Promise.all(
        Array.from({ length: 20 }, (_, more) => registerWorkflow(world, team, { key: name(at + more) })),
      )),
    );
  await new Promise((resolve) => setTimeout(resolve, 1500));
}, 180_000);
afterAll(async () => {
  await clients.close();
  await world.close();
});

test('an application of six hundred workflows follows and reports each of them, under one key', async () => {
  const key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  const names = workflows.map((one) => `${team.key}.${one.key}`);
  // Asking would not be seen as following: it comes too late for this test.
  const timings = { pollMs: 600_000, heartbeatMs: 1000, retryMs: 50, retryMostMs: 300, requestMs: 20_000 };
  const application = clients.make({
    url: world.url,
    key: key.secret,
    workflows: names,
    timings,
    timeoutMs: 30_000,
  });
  await application.ready();
  const handles = names.map((name) => application.workflow(name));
  await eventually('all are live', () => handles.every(({ state }) => state === 'live'), 30_000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const at of [0, 250, many - 1]) {
    const { userErrors } = await rollBack(world, responder, workflows[at]!.id);
    expect(userErrors).toEqual([]);
    await eventually(`number ${String(at)} follows`, () => handles[at]!.get().outcome === 'disabled', 3000);
  }
  const reported = async () => (await world.db.instance.findMany({ distinct: ['workflowId'] })).length;
  for (let waited = 0; waited < 15_000 && (await reported()) < many; waited += 200)
    await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await reported()).toBe(many);
  expect(clients.problems).toEqual([]);
}, 120_000);
