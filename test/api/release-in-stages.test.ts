import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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

const region = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];

interface Row {
  id: string;
  number: number;
  origin: string;
  liveIn: string[];
  inStages: {
    stageKey: string;
    occupies: boolean;
    served: string;
    overlays: { kind: string; rollback: { number: number } }[];
  }[];
}

async function listed({ promotions }: Pick<Live, 'promotions'>): Promise<Row[]> {
  const fields = `id number origin liveIn
    inStages { stageKey occupies served overlays { kind rollback { number } } }`;
  const { workflow } = await world.gql<{ workflow: { releases: { nodes: Row[] } } }>(
    `query ($id: ID!) { workflow(id: $id) { releases(first: 20) { nodes { ${fields} } } } }`,
    { id: promotions.workflow.id },
    { as: team.member },
  );
  return workflow.releases.nodes;
}
const said = ({ inStages }: Row) =>
  inStages.map(
    ({ stageKey, occupies, served, overlays }) =>
      `${occupies ? 'holds' : 'is in'} ${stageKey}, served to ${served}${overlays
        .map(({ kind, rollback }) => `, ${kind} by #${String(rollback.number)}`)
        .join('')}`,
  );

describe('A release in the list', () => {
  test('that a rollback derived is served where the rollback laid it, and the one below is not', async () => {
    const live = await liveTwice(world, team);
    const { levers } = await live.rollbacks.preview({ levers: [{ kind: 'revertPrompt' }] });
    const { rollback } = await live.rollbacks.must({
      levers: levers.map(({ kind, digest }) => ({ kind, digest: digest! })),
      stageKeys: ['limited'],
    });
    const derivedId = rollback.levers[0]?.releaseId;
    const rows = await listed(live);
    const [derived, bad] = [derivedId, live.bad.id].map((id) => rows.find((row) => row.id === id)!);
    expect(said(derived!)).toEqual(['is in limited, served to everybody, serve by #1']);
    expect(derived!.liveIn).toEqual(['limited']);
    expect(said(bad!)).toEqual([
      'holds internal, served to everybody',
      'holds limited, served to nobody, serve by #1',
    ]);
    expect(bad!.liveIn).toEqual(['internal']);
  });

  test('that a segment went back to is served to that segment', async () => {
    const live = await liveTwice(world, team);
    await live.rollbacks.revert(live.good, { stageKeys: ['internal'], segment: region });
    const rows = await listed(live);
    expect(said(rows.find(({ id }) => id === live.good.id)!)).toEqual([
      'is in internal, served to segments, serve by #1',
    ]);
    expect(said(rows.find(({ id }) => id === live.bad.id)!)).toEqual([
      'holds internal, served to everybody, serve by #1',
      'holds limited, served to everybody',
    ]);
  });

  test('that is turned off everywhere is live nowhere, and a drill changes nothing', async () => {
    const live = await liveTwice(world, team);
    const drill = { levers: [{ kind: 'disable' }], stageKeys: ['internal'], minutes: 5 };
    await live.rollbacks.drill(drill);
    const bad = async () => (await listed(live)).find(({ id }) => id === live.bad.id)!;
    expect((await bad()).liveIn).toEqual(['internal', 'limited']);
    await live.rollbacks.must({ levers: [{ kind: 'disable' }], scope: 'workflow' });
    expect((await bad()).liveIn).toEqual([]);
    expect(said(await bad())).toEqual([
      'holds internal, served to nobody, disable by #2',
      'holds limited, served to nobody, disable by #2',
    ]);
  });

  test('costs as many statements as twenty do', async () => {
    const live = await liveTwice(world, team);
    await live.rollbacks.revert(live.good, { stageKeys: ['internal'], segment: region });
    const cost = async () => (await world.database.statements.during(() => listed(live))).length;
    const few = await cost();
    await live.rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['limited'] });
    for (let i = 0; i < 3; i += 1)
      await live.promotions.withPrompt(live.good, `Text ${String(i)}: {{ticket}}`);
    expect(await cost()).toBe(few);
  });
});
