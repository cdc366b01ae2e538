import { ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { permitKey } from '../../apps/api/src/platform/permissions/permit.js';
import type { World } from './world.js';

export type OperationKind = 'query' | 'mutation' | 'subscription';

export interface Operation {
  kind: OperationKind;
  name: string;
  args: readonly GraphQLArgument[];
  /** What the resolver declares. */
  permission: string | undefined;
  /** A selection that every answer has. */
  selection: string;
}

/** What a field of an input gets; undefined to have it made up from its type. */
export type Fill = (path: readonly string[]) => unknown;

export const unknownId = '019aa000-0000-7000-8000-00000000dead';

export const schemaOf = (world: World): GraphQLSchema =>
  world.app.get(GraphQLSchemaHost, { strict: false }).schema;

/** Every operation that the schema of the running product has. */
export function operationsOf(world: World): Operation[] {
  const schema = schemaOf(world);
  const declared = declaredPermissions(world);
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      const answer = getNamedType(field.type);
      const hasErrors = kind === 'mutation' && 'getFields' in answer && 'userErrors' in answer.getFields();
      const errors = hasErrors ? ' userErrors { code message field }' : '';
      const counts = 'getFields' in answer && 'totalCount' in answer.getFields() ? ' totalCount' : '';
      const selection = isCompositeType(answer) ? `{ __typename${counts}${errors} }` : '';
      const permission = declared.get(`${kind} ${field.name}`);
      return { kind, name: field.name, args: field.args, permission, selection };
    }),
  );
}

/** By `query name`, `mutation name` or `subscription name`. */
function declaredPermissions(world: World): Map<string, string> {
  const found = new Map<string, string>();
  for (const module of world.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype !== 'function' || !metatype.prototype) continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const method = Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown;
        if (typeof method !== 'function') continue;
        const kind = Reflect.getMetadata('graphql:resolver_type', method) as string | undefined;
        const permission = Reflect.getMetadata(permitKey, method) as string | undefined;
        if (kind && permission) found.set(`${kind.toLowerCase()} ${key}`, permission);
      }
    }
  }
  return found;
}

/** Paths of every argument and input field of an operation that holds an id or a text. */
export function pathsOf(operation: Operation): string[][] {
  return operation.args.flatMap((arg) => leaves(arg.type, [arg.name], []));
}

function leaves(type: GraphQLInputType, path: string[], above: readonly string[]): string[][] {
  if (isNonNullType(type)) return leaves(type.ofType, path, above);
  if (isListType(type)) return leaves(type.ofType, [...path, '0'], above);
  if (!isInputObjectType(type)) return ['ID', 'String'].includes(String(type)) ? [path] : [];
  if (above.includes(type.name)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    leaves(field.type, [...path, field.name], [...above, type.name]),
  );
}

/** A document of this operation alone and variables that the schema accepts. */
export function ask(operation: Operation, fill: Fill) {
  const used = operation.args.filter(
    (arg) => isNonNullType(arg.type) || isFilled(arg.type, [arg.name], fill),
  );
  const head = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const pass = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const { kind, name, selection } = operation;
  const call = `${name}${pass ? `(${pass})` : ''} ${selection}`;
  const document = `${kind}${head ? ` (${head})` : ''} { ${call} }`;
  const variables = Object.fromEntries(used.map((arg) => [arg.name, valueFor(arg, [arg.name], fill)]));
  return { document, variables };
}

/** Whether somebody has a value for it, or for something inside it. */
const isFilled = (type: GraphQLInputType, path: string[], fill: Fill): boolean =>
  fill(path) !== undefined || leaves(type, path, []).some((leaf) => fill(leaf) !== undefined);

function valueFor(input: GraphQLArgument | GraphQLInputField, path: readonly string[], fill: Fill): unknown {
  return fill(path) ?? valueOf(input.type, path, fill);
}

function valueOf(type: GraphQLInputType, path: readonly string[], fill: Fill): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, path, fill);
  if (isListType(type)) {
    const first = [...path, '0'];
    return [fill(first) ?? valueOf(type.ofType, first, fill)];
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || isFilled(field.type, [...path, field.name], fill),
    );
    return Object.fromEntries(
      fields.map((field) => [field.name, valueFor(field, [...path, field.name], fill)]),
    );
  }
  const scalars: Record<string, unknown> = {
    ...{ ID: unknownId, String: 'made up', Int: 1, Float: 1, Boolean: false },
    ...{ DateTime: '2026-11-23T12:00:00.000Z', JSON: {} },
  };
  const { name } = type as { name: string };
  if (!(name in scalars)) throw new Error(`What is a ${name}?`);
  return scalars[name];
}
