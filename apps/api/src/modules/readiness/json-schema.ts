import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const made: { draft7?: Ajv; draft2020?: Ajv2020 } = {};
/** Only the meta-schema is ever compiled, never a user's schema. */
const judgeFor = (schema: JsonSchema) =>
  typeof schema['$schema'] === 'string' && schema['$schema'].includes('draft-07')
    ? (made.draft7 ??= new Ajv({ strict: false, logger: false }))
    : (made.draft2020 ??= new Ajv2020({ strict: false, logger: false }));

/** What is wrong with it as a JSON Schema (draft 2020-12, or 07 where it says so); null if nothing is. */
export function schemaProblem(schema: JsonSchema): string | null {
  const judge = judgeFor(schema);
  const { $schema: _, ...rest } = schema;
  if (judge.validateSchema(rest) === true) return null;
  const error = judge.errors?.[0];
  return error
    ? `${error.instancePath === '' ? 'the schema' : error.instancePath} ${error.message ?? 'is wrong'}`
    : 'it is no JSON Schema';
}

/** A subschema with its local references followed; null for one that leads outside, nowhere or in a circle. */
export function resolved(root: JsonSchema, schema: unknown, hops = 0): JsonSchema | null {
  if (!isObject(schema)) return null;
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  if (hops > 20 || !ref.startsWith('#')) return null;
  const path = ref.slice(1).split('/').slice(1);
  const target = path.reduce<unknown>((at, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof at === 'object' && at !== null && Object.hasOwn(at, key)
      ? (at as JsonSchema)[key]
      : undefined;
  }, root);
  return resolved(root, target, hops + 1);
}

const alternatives = (schema: JsonSchema): unknown[] | null =>
  Array.isArray(schema['oneOf']) ? schema['oneOf'] : Array.isArray(schema['anyOf']) ? schema['anyOf'] : null;

/** Every alternative must give an answer; of the parts that must all hold, one that does is enough. */
function throughBranches<T>(schema: JsonSchema, visit: (branch: unknown) => T[] | null): T[] | null {
  const options = alternatives(schema);
  const found = options?.map(visit);
  if (found && found.length > 0 && found.every((values) => values !== null)) return found.flat();
  if (!Array.isArray(schema['allOf'])) return null;
  return schema['allOf'].map(visit).find((values) => values !== null) ?? null;
}

/** The subschemas at a dot path of property names; null where a branch of the schema lacks it. */
export function schemasAt(
  root: JsonSchema,
  path: readonly string[],
  from: unknown = root,
  depth = 0,
): JsonSchema[] | null {
  const schema = resolved(root, from);
  if (!schema || depth > 50) return null;
  const [head, ...tail] = path;
  if (head === undefined) return [schema];
  const properties = schema['properties'];
  if (isObject(properties) && Object.hasOwn(properties, head))
    return schemasAt(root, tail, properties[head], depth + 1);
  return throughBranches(schema, (branch) => schemasAt(root, path, branch, depth + 1));
}

/** The closed set of values that a schema allows, from enum or const; null where the set is open. */
export function closedValues(root: JsonSchema, from: unknown, depth = 0): unknown[] | null {
  const schema = resolved(root, from);
  if (!schema || depth > 50) return null;
  if (Array.isArray(schema['enum'])) return schema['enum'] as unknown[];
  if ('const' in schema) return [schema['const']];
  return throughBranches(schema, (branch) => closedValues(root, branch, depth + 1));
}

/** The values that the status field can take; null where it is not there or not closed. */
export function statusValues(schema: JsonSchema, statusField: string): string[] | null {
  const values = schemasAt(schema, statusField.split('.'))?.map((one) => closedValues(schema, one));
  if (!values || values.some((one) => one === null)) return null;
  return [
    ...new Set(
      values
        .flatMap((one) => one ?? [])
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    ),
  ].sort();
}
