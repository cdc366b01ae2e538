import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import type { WorkflowHandle } from '../../packages/client/src/sdk/workflow-handle.js';
import { rollBack } from '../support/rollback-acts.js';
import { Rollbacks } from '../support/rollback.builder.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const hour = 3_600_000;
/** Of the shortest drill there is, what is left when it is seen here. */
const drillLeaves = 4000;
/** The registry's clock and this process's are one, but it says what time it was a little later than it was so. */
const slack = 200;

interface Application {
  /** By how much its clock is off. */
  off: number;
  holdpoint: Holdpoint;
  reply: WorkflowHandle;
}

let world: World;
let served: ServedWorkflow;
let responder: Person;
let applications: Application[];
const clients = new Clients();

beforeAll(async () => {
  // Acts are made almost a minute ago until the drill has begun, so that it ends within seconds.
  world = await createWorld({}, [], null, drillLeaves - 60_000);
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  responder = await world.person({ teams: [{ teamId: served.team.id, role: 'responder' }] });
  const { secret } = await runtimeKey(world, served);
  applications = [0, hour, -hour].map((off) => {
    const application = { off };
    const holdpoint = clients.make(
      // Nothing is learned by asking: it comes too late for these tests.
      { url: world.url, key: secret, workflows: [served.key], timings: { pollMs: hour, heartbeatMs: 500 } },
      { wallClock: () => Date.now() + application.off },
    );
    return Object.assign(application, { holdpoint, reply: holdpoint.workflow(served.key) });
  });
  await Promise.all(applications.map(({ holdpoint }) => holdpoint.ready()));
});
afterAll(async () => {
  await clients.close();
  await world.close();
});

interface Shown {
  askedAt: string;
  appliedAt: string;
  effect: {
    state: string;
    expected: number;
    confirmed: number;
    slowestMs: number | null;
    completedAt: string | null;
    silent: number;
    stragglers: { instanceId: string }[];
  };
}
const shown = async (id: string): Promise<Shown> => {
  const query = `query ($id: ID!) { rollback(id: $id) { askedAt appliedAt
    effect { state expected confirmed slowestMs completedAt silent stragglers { instanceId } } } }`;
  return (await world.gql<{ rollback: Shown }>(query, { id }, { as: responder })).rollback;
};

interface Instance {
  instanceId: string;
  state: string;
  seenAt: string;
  servesSince: string;
}
/** As a person on call sees them, in the order of the applications. */
async function instances(): Promise<Instance[]> {
  const query = `query ($id: ID!) { workflow(id: $id) {
    instances { nodes { instanceId state seenAt servesSince } } } }`;
  const { workflow } = await world.gql<{ workflow: { instances: { nodes: Instance[] } } }>(
    query,
    { id: served.id },
    { as: responder },
  );
  return applications.flatMap(({ holdpoint }) =>
    workflow.instances.nodes.filter(({ instanceId }) => instanceId === holdpoint.instanceId),
  );
}
async function untilSeen(sentence: string, holds: (seen: Instance[]) => boolean): Promise<Instance[]> {
  let seen = await instances();
  for (const end = performance.now() + 5000; !holds(seen); seen = await instances())
    if (performance.now() > end) throw new Error(`It never happened that ${sentence}`);
  return seen;
}
async function untilConfirmed(rollbackId: string): Promise<Shown> {
  let now = await shown(rollbackId);
  for (const end = performance.now() + 5000; now.effect.state !== 'confirmed' && performance.now() < end;)
    now = await shown(rollbackId);
  return now;
}

describe('applications whose clocks are an hour ahead, an hour behind and right', () => {
  test('leave a drill when it ends by the clock of the registry', async () => {
    const drill = { levers: [{ kind: 'disable' }], minutes: 1 };
    const { rollback, userErrors } = await new Rollbacks(world, served.id, responder).drill(drill);
    world.shiftClock(0);
    expect(userErrors).toEqual([]);
    const ends = Date.parse(rollback?.overlays[0]?.to ?? '');
    const outcome = ({ reply }: Application) => reply.get({ holdpoint_drill: true }).outcome;
    await eventually('all are in the drill', () => applications.every((one) => outcome(one) === 'disabled'));
    expect(ends - Date.now()).toBeGreaterThan(500);
    const left = new Map<Application, number>();
    await eventually(
      'all have left it',
      () => {
        for (const one of applications)
          if (!left.has(one) && outcome(one) === 'release') left.set(one, Date.now() - ends);
        return left.size === applications.length;
      },
      drillLeaves + 5000,
    );
    for (const late of left.values()) {
      expect(late).toBeGreaterThan(-100);
      expect(late).toBeLessThan(500);
    }
  });

  test('follow a rollback, and it is known how long that took', async () => {
    await untilSeen('all are heard of', (seen) => seen.length === applications.length);
    const before = Date.now();
    const { rollback, userErrors } = await rollBack(world, responder, served.id);
    expect(userErrors).toEqual([]);
    const { askedAt, appliedAt, effect } = await untilConfirmed(rollback?.id ?? '');
    const took = Date.now() - before;
    expect(applications.map(({ reply }) => reply.get().outcome)).toEqual(applications.map(() => 'disabled'));
    expect(effect).toMatchObject({
      state: 'confirmed',
      expected: 3,
      confirmed: 3,
      silent: 0,
      stragglers: [],
    });
    expect(effect.slowestMs).toBeGreaterThanOrEqual(0);
    expect(effect.slowestMs).toBeLessThanOrEqual(took + slack);
    const [asked, applied, completed] = [askedAt, appliedAt, effect.completedAt ?? ''].map(Date.parse);
    expect(completed! - asked!).toBe(effect.slowestMs);
    expect(asked).toBeGreaterThanOrEqual(before - slack);
    expect(applied).toBeGreaterThanOrEqual(asked!);
    expect(completed).toBeGreaterThanOrEqual(applied!);
    for (const { state, seenAt, servesSince } of await instances()) {
      expect(state).toBe('serving');
      for (const time of [seenAt, servesSince].map(Date.parse)) {
        expect(time).toBeGreaterThanOrEqual(applied!);
        expect(time).toBeLessThanOrEqual(Date.now() + slack);
      }
    }
  });

  test('go on being heard when their clocks are put right', async () => {
    const known = await instances();
    for (const application of applications) application.off = 0;
    const putRight = Date.now();
    const seen = await untilSeen('all are heard of again', (all) =>
      all.every(({ seenAt }) => Date.parse(seenAt) > putRight + slack),
    );
    expect(seen.map(({ servesSince }) => servesSince)).toEqual(known.map(({ servesSince }) => servesSince));
    const levers = [{ kind: 'fallback', to: 'people' }];
    const { rollback } = await rollBack(world, responder, served.id, { levers });
    const { effect } = await untilConfirmed(rollback?.id ?? '');
    expect(effect).toMatchObject({ state: 'confirmed', expected: 3, confirmed: 3, stragglers: [] });
    expect(effect.slowestMs).toBeLessThan(5000);
  });

  test('are seen to stop in order where their clocks were set back only just before', async () => {
    for (const application of applications) application.off = -20_000;
    await Promise.all(applications.map(({ holdpoint }) => holdpoint.close()));
    await untilSeen('all have stopped', (all) => all.every(({ state }) => state === 'stopped'));
  });
});
