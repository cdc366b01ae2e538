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
}

async function headline({ rollbacks }: Live): Promise<Headline> {
  const fields = 'outcome to release { number } stageKeys everywhere since rollbackNumber';
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
  });
  expect(await stagesOf(live)).toMatchObject([
    { outcome: 'disabled', to: null, rollbackNumber: 1, release: { number: 3 } },
    { outcome: 'release', rollbackNumber: null, release: { number: 2 } },
  ]);
});

test('A list of what is served costs as many statements for many workflows as for few', async () => {
  const cost = async () => (await world.database.statements.during(listed)).length;
  const few = await cost();
  const live = await liveTwice(world, team);
  await live.rollbacks.must({ levers: [{ kind: 'fallback', to: 'search' }] });
  expect(await cost()).toBe(few);
});
