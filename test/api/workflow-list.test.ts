import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let outsider: Person;

beforeAll(async () => {
  world = await createWorld();
  outsider = await world.person();
}, 180_000);
afterAll(() => world.close());

const list = `query ($filter: WorkflowFilter, $orderBy: WorkflowOrder, $first: Int = 25, $after: String, $offset: Int) {
  workflows(filter: $filter, orderBy: $orderBy, first: $first, after: $after, offset: $offset) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }`;
type List = {
  workflows: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: { id: string; name: string }[];
  };
};

describe('The list of workflows', () => {
  test('pages by cursor and by offset without losing or repeating one, in either order', async () => {
    const other = await staffedTeam(world);
    for (const name of ['b', 'a', 'd', 'c', 'a']) await registerWorkflow(world, other, { name });
    for (const orderBy of ['name_asc', 'name_desc', 'created_asc', 'created_desc']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const variables: Record<string, unknown> = { filter: { teamId: other.id }, orderBy, first: 2, after };
        const { workflows }: List = await world.gql<List>(list, variables, { as: outsider });
        expect(workflows.totalCount).toBe(5);
        seen.push(...workflows.nodes.map((n) => n.name));
        after = workflows.pageInfo.hasNextPage ? workflows.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen.join('')).toBe(
        { name_asc: 'aabcd', name_desc: 'dcbaa', created_asc: 'badca', created_desc: 'acdab' }[orderBy],
      );
      const offset = { filter: { teamId: other.id }, orderBy, first: 2, offset: 2 };
      const { workflows } = await world.gql<List>(list, offset, { as: outsider });
      expect(workflows.nodes.map((n) => n.name).join('')).toBe(seen.slice(2, 4).join(''));
    }
  });

  test('filters by search, tier, own teams and stage; an unknown team has none', async () => {
    const other = await staffedTeam(world);
    const low = await registerWorkflow(world, other, { name: 'Needle 100%' });
    await registerWorkflow(world, other, { name: 'Hay' });
    await publishContract(world, low.id, other.member);
    const names = async (filter: object, as = other.member) =>
      (await world.gql<List>(list, { filter }, { as })).workflows.nodes.map((n) => n.name);
    expect(await names({ search: 'needle' })).toEqual(['Needle 100%']);
    expect(await names({ search: `${other.key}.${low.key}` })).toEqual(['Needle 100%']);
    expect(await names({ search: '100%' })).toEqual(['Needle 100%']);
    expect(await names({ search: '1_0%' })).toEqual([]);
    expect(await names({ teamId: other.id, tier: ['low'] })).toEqual(['Needle 100%']);
    expect(await names({ teamId: other.id, tier: ['high'] })).toEqual([]);
    expect((await names({ mine: true })).sort()).toEqual(['Hay', 'Needle 100%']);
    expect(await names({ mine: true }, outsider)).toEqual([]);
    expect(await names({ teamId: other.id, liveIn: 'internal' })).toEqual([]);
    expect(await names({ teamId: other.id, inPromotion: true })).toEqual([]);
    expect(await names({ teamId: 'nonsense' })).toEqual([]);
  });

  test('refuses a page out of bounds and a foreign cursor by name', async () => {
    for (const variables of [{ first: 0 }, { first: 101 }, { first: 5, after: 'nonsense' }, { offset: -1 }]) {
      const { body } = await world.raw(list, variables, { as: outsider });
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const { workflows } = await world.gql<List>(list, { orderBy: 'name_asc', first: 1 }, { as: outsider });
    const { body } = await world.raw(
      list,
      { orderBy: 'created_asc', after: workflows.pageInfo.endCursor },
      { as: outsider },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('asks the database as often for 50 workflows as for one', async () => {
    const other = await staffedTeam(world);
    const fields = `id fullKey version riskTier riskTierReasons team { name members { user { name } role } } createdBy { name }
      draft { revision missing { message } tierPreview { tier } updatedBy { name } }
      contract { core { digest author { name } } } operating { version author { name } }
      latestRelease { number steps { promptVersion { version prompt { key } } } } releases(first: 2) { totalCount nodes { alias } }
      viewerCanEdit`;
    const query = `query ($filter: WorkflowFilter) { workflows(first: 50, filter: $filter) { totalCount nodes { ${fields} } } }`;
    const count = async () => {
      const asked = { filter: { teamId: other.id } };
      return (await world.database.statements.during(() => world.gql(query, asked, { as: other.member })))
        .length;
    };
    const first = await registerWorkflow(world, other);
    await publishContract(world, first.id, other.member);
    const one = await count();
    for (let i = 0; i < 49; i += 1) await registerWorkflow(world, other);
    expect(
      (await world.gql<List>(list, { filter: { teamId: other.id } }, { as: outsider })).workflows.totalCount,
    ).toBe(50);
    expect(await count()).toBe(one);
  }, 60_000);
});
