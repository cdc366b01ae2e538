import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FetchLog } from '../../apps/api/src/modules/telemetry/fetch-log.service.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter, writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let workflow: ReleasedWorkflow;
let [key, page]: [KeyHolder?, KeyHolder?] = [];
const current = { incarnation: 1, epoch: 7 };

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  [key, page] = await Promise.all(
    ['runtime', 'runtime-public'].map((scope) =>
      makeKey(world, team.reviewer, { scopes: [scope], teamIds: [team.id] }),
    ),
  );
});
afterAll(() => world.close());

async function freshWorkflow(): Promise<void> {
  workflow = await releasedWorkflow(world, team);
  await world.db.workflow.update({ where: { id: workflow.id }, data: { epoch: current.epoch } });
}

const keyOf = (of = workflow) => `${team.key}.${of.key}`;
const reporter = (as = key) => new Reporter(world, as!, keyOf());

/** As if nothing had been heard for this long. */
const quietFor = (instanceId: string, seconds: number) =>
  world.db.$executeRaw`UPDATE instance SET seen_at = seen_at - ${seconds} * INTERVAL '1 second'
    WHERE instance_id = ${instanceId} AND workflow_id = ${workflow.id}::uuid`;

async function fetched(as: KeyHolder, epoch: number): Promise<string> {
  const log = world.app.get(FetchLog, { strict: false });
  log.seen({
    ...{ workflowId: workflow.id, keyId: as.userId, environment: 'production', clientId: 'shop' },
    ...{ incarnation: 1, epoch, stageKey: null, served: 'failure' },
  });
  log.flush();
  await writeOut(world);
  return `ofrep:${as.userId}:shop`;
}

async function seen(of = workflow) {
  const fields = 'total serving ahead fallback drifting silent byOfrep byPages';
  const query = `query ($key: String!) { onCall(workflow: $key) { instances { ${fields} } }
    workflow(key: $key) { instances(first: 50) { nodes { instanceId state isPublic } } } }`;
  const { onCall, workflow: shown } = await world.gql<{
    onCall: { instances: Record<string, number> };
    workflow: { instances: { nodes: { instanceId: string; state: string; isPublic: boolean }[] } };
  }>(query, { key: keyOf(of) }, { as: team.member });
  return { counts: onCall.instances, nodes: shown.instances.nodes };
}

test('Only who reports is running, and only what is served now is the newest version', async () => {
  await freshWorkflow();
  await reporter().beat({}, current);
  await reporter().beat({}, { incarnation: 1, epoch: 6 });
  await reporter().beat({}, { incarnation: 1, epoch: 9 });
  await reporter().beat({}, { ...current, state: 'fallback' });
  const foreign = { stage: 'internal', release: `sha256:${'f'.repeat(64)}`, prompts: {}, models: {} };
  await reporter().beat({}, { ...current, serves: [foreign] });
  const silent = reporter();
  await silent.beat({}, current);
  await quietFor(silent.instanceId, 60);
  expect((await seen()).counts).toEqual({
    ...{ total: 5, serving: 2, ahead: 1, fallback: 1, drifting: 1, silent: 1, byOfrep: 0, byPages: 0 },
  });
});

test('A caller through OFREP is told by what it fetched, and is neither running nor silent; pages are counted apart', async () => {
  await freshWorkflow();
  const caller = await fetched(key!, current.epoch);
  const open = await fetched(page!, 6);
  for (const one of [caller, open]) await quietFor(one, 600);
  await reporter(page).beat({}, current);
  const { counts, nodes } = await seen();
  expect(counts).toMatchObject({ total: 0, serving: 0, silent: 0, byOfrep: 1, byPages: 2 });
  const said = (id: string) => nodes.find(({ instanceId }) => instanceId === id);
  expect(said(caller)).toMatchObject({ state: 'fetched', isPublic: false });
  expect(said(open)).toMatchObject({ state: 'fetchedOlder', isPublic: true });
});

test('What is forced in one workflow is fallback there, and not in another that the instance serves', async () => {
  await freshWorkflow();
  const forced = workflow;
  await freshWorkflow();
  const one = reporter();
  const item = (of: ReleasedWorkflow, state: 'fallback' | 'live') => ({
    ...{ workflow: keyOf(of), ...current, state, serves: [], counts: [] },
  });
  await one.send(
    one.body({ forcedFallback: true, workflows: [item(forced, 'fallback'), item(workflow, 'live')] }),
  );
  await writeOut(world);
  expect((await seen(forced)).nodes).toMatchObject([{ state: 'fallback' }]);
  expect((await seen()).nodes).toMatchObject([{ state: 'serving' }]);
  expect((await seen()).counts).toMatchObject({ total: 1, serving: 1, fallback: 0 });
});
