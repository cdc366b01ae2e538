import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc, { type Arbitrary } from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { testEngine } from '../support/engine.js';
import { createWorld, type Person, type World } from '../support/world.js';

const nasty = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '../../etc',
    "'; DROP TABLE team; --",
    '{{',
    '\u0000',
    '\ud800',
    'x'.repeat(50_000),
  ),
);
const ids = (known: readonly string[]) =>
  fc.oneof(fc.uuid(), nasty, fc.constantFrom(...known, '00000000-0000-0000-0000-000000000000'));
const dates = fc.constantFrom(
  '2026-11-23T10:00:00.000Z',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  'soon',
  '',
  7,
);

function valueFor(type: GraphQLInputType, known: readonly string[], depth = 0): Arbitrary<unknown> {
  if (isNonNullType(type)) return valueFor(type.ofType, known, depth);
  if (isListType(type)) return fc.array(valueFor(type.ofType, known, depth + 1), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((v) => v.name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((f) => isNonNullType(f.type)).map((f) => f.name);
    const model = Object.fromEntries(fields.map((f) => [f.name, valueFor(f.type, known, depth + 1)]));
    return fc.record(model, { requiredKeys: required });
  }
  switch (type.name) {
    case 'ID':
      return ids(known);
    case 'Int':
      return fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31 - 1, 2 ** 31, 1.5));
    case 'Float':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1e308, -0));
    case 'Boolean':
      return fc.boolean();
    case 'DateTime':
      return dates;
    case 'JSON':
      return fc.oneof(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constant(nested(200)),
        fc.record({ core: fc.jsonValue() }),
      );
    default:
      return nasty;
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let i = 0; i < depth; i += 1) value = { a: value };
  return value;
}

describe('whatever is sent to a mutation', () => {
  let world: World;
  let schema: GraphQLSchema;
  let everything: Person;
  let tables: { name: string }[];

  beforeAll(async () => {
    world = await createWorld();
    const team = await world.team();
    everything = await world.person({
      organisationRoles: ['administrator', 'risk_reviewer', 'security_reviewer'],
      teams: [
        { teamId: team.id, role: 'member' },
        { teamId: team.id, role: 'reviewer' },
      ],
    });
    const data = await world.gql(getIntrospectionQuery(), {}, { as: everything });
    schema = buildClientSchema(data as unknown as IntrospectionQuery);
    tables = await world.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name NOT IN ('session', 'account', 'verification', '_prisma_migrations')`;
  }, 60_000);

  afterAll(() => world.close());

  /** Rows of every table but sessions and the like. */
  async function rows(): Promise<Record<string, number>> {
    const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM "${name}"`);
    const counted = await world.db.$queryRawUnsafe<{ name: string; n: number }[]>(counts.join(' UNION ALL '));
    return Object.fromEntries(counted.map(({ name, n }) => [name, n]));
  }

  test('it is never a fault of ours, and a refusal stores nothing', async () => {
    const known = [everything.userId, (await world.team()).id];
    const mutations = Object.values(schema.getMutationType()!.getFields());
    expect(mutations.length).toBeGreaterThan(20);
    for (const mutation of mutations) {
      const arg = mutation.args.find((a) => a.name === 'input')!;
      const document = `mutation ($input: ${String(arg.type)}) { ${mutation.name}(input: $input) { userErrors { code message field } } }`;
      await fc.assert(
        fc.asyncProperty(valueFor(arg.type, known), async (input) => {
          const before = await rows();
          const { status, body } = await world.raw(document, { input }, { as: everything });
          expect({ mutation: mutation.name, status, fault: status >= 500 }).toMatchObject({ fault: false });
          const codes = (body.errors ?? []).map((e) => e.extensions?.['code']);
          expect({ mutation: mutation.name, codes }).not.toMatchObject({
            codes: expect.arrayContaining(['INTERNAL_SERVER_ERROR']),
          });
          const payload = body.data?.[mutation.name] as
            { userErrors: { message: string }[] } | null | undefined;
          for (const error of payload?.userErrors ?? []) expect(error.message).not.toBe('');
          if (body.errors || payload?.userErrors.length) expect(await rows()).toEqual(before);
        }),
        { numRuns: testEngine() === 'postgres' ? 12 : 3 },
      );
    }
  }, 240_000);
});
