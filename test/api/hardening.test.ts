import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asSuperuser } from '../support/postgres.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** As the owner, which the product is not. */
const alter = (sql: string) =>
  world.engine.url ? asSuperuser(world.engine.url, sql) : world.db.$executeRawUnsafe(sql);

describe('what may be asked', () => {
  const introspections = [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Workflow") { name } }',
    'query { ...deep } fragment deep on Query { __schema { types { name } } }',
    'mutation { teamCreate(input: {key: "x", name: "x"}) { userErrors { code } } } query other { a: __schema { types { name } } }',
  ];

  test.each(introspections)('is not told to somebody who has not signed in: %s', async (query) => {
    const { body } = await world.raw(query);
    expect(body.data?.['__schema'] ?? body.data?.['__type'] ?? null).toBeNull();
    expect(body.errors?.length).toBeGreaterThan(0);
  });

  test('is told to a person', async () => {
    const person = await world.person();
    const { body } = await world.raw(introspections[0]!, {}, { as: person });
    expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    // Not because the answer was kept for the next one who asks the same.
    expect((await world.raw(introspections[0]!)).body.errors?.[0]?.extensions?.['code']).toBe(
      'UNAUTHENTICATED',
    );
  });
});

describe('a fault', () => {
  test('is told without its content, under an id that the log has', async () => {
    const person = await world.person();
    // A table is gone: what the database says of it names columns and is nobody's business outside.
    await alter('ALTER TABLE "prompt" RENAME TO "prompt_gone"');
    const { body, headers } = await world.raw('{ prompts { totalCount } }', {}, { as: person });
    await alter('ALTER TABLE "prompt_gone" RENAME TO "prompt"');
    const said = JSON.stringify(body);
    expect(body.errors?.[0]?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(said).not.toMatch(/prompt_gone|relation|prisma|stack|node_modules/i);
    const id = headers.get('x-request-id');
    expect(world.logs.some((line) => id !== null && line.includes(id))).toBe(true);
  });
});

describe('a request that costs more than it looks', () => {
  const deep = (levels: number): string =>
    levels === 0 ? 'id' : `workflow { latestRelease { ${deep(levels - 1)} } }`;

  test.each([
    ['is too deep', `{ workflows(first: 1) { nodes { latestRelease { ${deep(8)} } } } }`],
    [
      'asks one thing too often',
      `{ ${Array.from({ length: 80 }, (_, i) => `a${String(i)}: viewer { user { id } }`).join(' ')} }`,
    ],
    ['has too many words', `{ ${'__typename '.repeat(6000)} }`],
    [
      'multiplies lists',
      '{ workflows(first: 100) { nodes { activity(first: 100) { nodes { id canonical hash } } releases(first: 100) { nodes { id digest } } } } }',
    ],
  ])('and %s is refused before anything is read', async (_what, query) => {
    const person = await world.person();
    const statements = await world.database.statements.during(async () => {
      const { body } = await world.raw(query, {}, { as: person });
      expect(body.data ?? null).toBeNull();
      expect(body.errors?.length).toBeGreaterThan(0);
    });
    expect(statements.filter((sql) => /FROM (public\.)?"?workflow/.test(sql))).toEqual([]);
  });

  test('and is too long is refused with its size', async () => {
    const person = await world.person();
    const body = JSON.stringify({ query: `{ viewer { user { id } } } # ${'x'.repeat(1_100_000)}` });
    const headers = { 'content-type': 'application/json' };
    const answer = await world.fetch('/graphql', { method: 'POST', headers, body, as: person });
    expect(answer.status).toBe(413);
  });
});
