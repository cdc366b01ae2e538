import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { liveTwice, type Live } from '../support/live.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});
afterAll(() => world.close());

interface Headline {
  outcome: string;
  to: string | null;
  release: { number: number } | null;
  stageKeys: string[];
  everywhere: boolean;
  since: string;
  rollbackNumber: number | null;
  elsewhere: {
    outcome: string;
    to: string | null;
    release: { number: number } | null;
    stageKeys: string[];
  }[];
}

async function headline({ rollbacks }: Live): Promise<Headline> {
  const what = 'outcome to release { number } stageKeys';
  const fields = `${what} everywhere since rollbackNumber elsewhere { ${what} }`;
  const { onCall } = await world.gql<{ onCall: { headline: Headline } }>(
    `query ($w: String!) { onCall(workflow: $w) { headline { ${fields} } } }`,
    { w: rollbacks.workflowId },
    { as: rollbacks.responder },
  );
  return onCall.headline;
}

interface Served {
  outcome: string;
  to: string | null;
  rollbackNumber: number | null;
  release: { number: number } | null;
}

/** The stages of a workflow under whose filter the list has it. */
async function underFilters({ promotions }: Live): Promise<string[]> {
  const keys = ['internal', 'limited', 'expanded', 'general'];
  const found = await Promise.all(
    keys.map((liveIn) =>
      world.gql<{ workflows: { totalCount: number; nodes: { id: string }[] } }>(
        'query ($filter: WorkflowFilter) { workflows(first: 100, filter: $filter) { totalCount nodes { id } } }',
        { filter: { liveIn, teamId: team.id } },
        { as: team.member },
      ),
    ),
  );
  for (const { workflows } of found) expect(workflows.totalCount).toBe(workflows.nodes.length);
  return keys.filter((_, at) => found[at]?.workflows.nodes.some(({ id }) => id === promotions.workflow.id));
}

/** As Home and the list of workflows ask. */
async function listed(): Promise<{ id: string; stages: { key: string; served: Served }[] }[]> {
  const { workflows } = await world.gql<{ workflows: { nodes: Awaited<ReturnType<typeof listed>> } }>(
    `query ($teamId: ID!) { workflows(first: 25, filter: { teamId: $teamId }) { nodes {
      id stages { key served { outcome to rollbackNumber release { number } } } } } }`,
    { teamId: team.id },
    { as: team.member },
  );
  return workflows.nodes;
}

async function stagesOf({ promotions }: Live) {
  const found = (await listed()).find(({ id }) => id === promotions.workflow.id);
  return found?.stages.slice(0, 2).map(({ served }) => served);
}

test('Where every stage falls back, no screen says that a release is live', async () => {
  const live = await liveTwice(world, team);
  expect(await headline(live)).toMatchObject({
    ...{ outcome: 'release', release: { number: 2 }, everywhere: true, rollbackNumber: null },
    stageKeys: ['internal', 'limited'],
  });
  const { rollback } = await live.rollbacks.must({ levers: [{ kind: 'fallback', to: 'people' }] });
  expect(await headline(live)).toEqual({
    ...{ outcome: 'fallback', to: 'people', release: { number: 2 }, everywhere: true },
    ...{ stageKeys: ['internal', 'limited'], since: rollback.appliedAt, rollbackNumber: 1 },
    elsewhere: [],
  });
  const nobody = { outcome: 'fallback', to: 'people', rollbackNumber: 1, release: { number: 2 } };
  expect(await stagesOf(live)).toEqual([nobody, nobody]);
});

test('What came last is the headline only where somebody gets it', async () => {
  const live = await liveTwice(world, team);
  const third = await live.promotions.withPrompt(live.bad, 'Third: {{ticket}}');
  await live.promotions.bring(third, 'internal');
  expect(await headline(live)).toMatchObject({ release: { number: 3 }, everywhere: false });
  await live.rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['internal'] });
  expect(await headline(live)).toMatchObject({
    ...{ outcome: 'release', release: { number: 2 }, stageKeys: ['limited'], everywhere: false },
    elsewhere: [{ outcome: 'disabled', to: null, release: { number: 3 }, stageKeys: ['internal'] }],
  });
  expect(await stagesOf(live)).toMatchObject([
    { outcome: 'disabled', to: null, rollbackNumber: 1, release: { number: 3 } },
    { outcome: 'release', rollbackNumber: null, release: { number: 2 } },
  ]);
});

test('Where a stage is turned off and the others fall back, the headline knows of both', async () => {
  const live = await liveTwice(world, team);
  await live.rollbacks.must({ levers: [{ kind: 'fallback', to: 'people' }] });
  await live.rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['limited'] });
  expect(await headline(live)).toMatchObject({
    ...{ outcome: 'disabled', stageKeys: ['limited'], everywhere: false, rollbackNumber: 2 },
    elsewhere: [{ outcome: 'fallback', to: 'people', stageKeys: ['internal'] }],
  });
});

test('A list of what is served costs as many statements for many workflows as for few', async () => {
  const cost = async () => (await world.database.statements.during(listed)).length;
  const few = await cost();
  const live = await liveTwice(world, team);
  await live.rollbacks.must({ levers: [{ kind: 'fallback', to: 'search' }] });
  expect(await cost()).toBe(few);
});

test('The list finds a workflow under "live in" where everybody is served a release, and nowhere else', async () => {
  const live = await liveTwice(world, team);
  const { good, rollbacks } = live;
  const region = [{ attribute: 'region', operator: 'equals' as const, values: ['eu'] }];
  /** What the filters find, beside what the rows say that they serve. */
  const filters = async (): Promise<string[]> => {
    const row = (await listed()).find(({ id }) => id === live.promotions.workflow.id);
    const rows = row?.stages.filter(({ served }) => served.outcome === 'release').map(({ key }) => key);
    const found = await underFilters(live);
    expect(found).toEqual(rows);
    return found;
  };
  expect(await filters()).toEqual(['internal', 'limited']);
  await rollbacks.drill({ levers: [{ kind: 'disable' }], stageKeys: ['internal'], minutes: 5 });
  await rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['limited'], segment: region });
  expect(await filters()).toEqual(['internal', 'limited']);
  const { levers } = await rollbacks.preview({ levers: [{ kind: 'revertPrompt' }] });
  const asked = levers.map(({ kind, digest }) => ({ kind, digest: digest! }));
  await rollbacks.must({ levers: asked, stageKeys: ['limited'] });
  expect(await filters()).toEqual(['internal', 'limited']);
  await rollbacks.must({ levers: [{ kind: 'fallback', to: 'people' }], stageKeys: ['limited'] });
  expect(await filters()).toEqual(['internal']);
  await rollbacks.revert(good, { stageKeys: ['internal'] });
  expect(await filters()).toEqual(['internal']);
  await rollbacks.must({ levers: [{ kind: 'disable' }], scope: 'workflow' });
  expect(await filters()).toEqual([]);
});
