import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { permissions } from '../../apps/api/src/platform/permissions/permission-table.js';
import { permitKey } from '../../apps/api/src/platform/permissions/permit.js';
import { createWorld, type World } from '../support/world.js';

interface Declared {
  name: string;
  kind: string;
  permission: string | undefined;
}

/** Every resolver method of the running product, with what it declares. */
function resolvers(world: World): Declared[] {
  const found: Declared[] = [];
  for (const module of world.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype !== 'function' || !metatype.prototype) continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const method = Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown;
        if (typeof method !== 'function') continue;
        const kind = Reflect.getMetadata('graphql:resolver_type', method) as string | undefined;
        const isField = Reflect.getMetadata('graphql:resolve_property', method) as boolean | undefined;
        const onMethod = Reflect.getMetadata(permitKey, method) as string | undefined;
        const onClass = Reflect.getMetadata(permitKey, metatype) as string | undefined;
        const name = `${metatype.name}.${key}`;
        if (kind && ['Query', 'Mutation', 'Subscription'].includes(kind)) {
          found.push({ name, kind, permission: onMethod });
        } else if (isField) found.push({ name, kind: 'Field', permission: onMethod ?? onClass });
      }
    }
  }
  return found;
}

describe('permissions', () => {
  let world: World;
  let declared: Declared[];

  beforeAll(async () => {
    world = await createWorld();
    declared = resolvers(world);
  });

  afterAll(() => world.close());

  test('are declared by every operation that the schema has, and by every field resolver', async () => {
    expect(declared.filter((one) => !one.permission || !(one.permission in permissions))).toEqual([]);
    const person = await world.person();
    const { __schema: schema } = await world.gql<Record<'__schema', Record<string, { fields: unknown[] }>>>(
      '{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }',
      {},
      { as: person },
    );
    for (const kind of ['Query', 'Mutation', 'Subscription']) {
      const inSchema = schema[`${kind.toLowerCase()}Type`]?.fields.length;
      expect({ kind, declared: declared.filter((one) => one.kind === kind).length }).toEqual({
        kind,
        declared: inSchema,
      });
    }
  });

  test('are asked for: nobody reads the registry without signing in', async () => {
    const { body } = await world.raw('{ workflows { totalCount } }');
    expect(body.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  test('are asked for: a person without a role changes nothing', async () => {
    const nobody = await world.person();
    const before = await world.db.ledgerEntry.count();
    const mutation =
      'mutation { teamCreate(input: {key: "sneaky", name: "x"}) { team { id } userErrors { code } } }';
    const { body } = await world.raw(mutation, {}, { as: nobody });
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect(await world.db.ledgerEntry.count()).toBe(before);
  });
});
