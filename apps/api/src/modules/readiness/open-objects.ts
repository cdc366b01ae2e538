import { resolved, type JsonSchema } from './json-schema.js';

const record = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const describesObject = (schema: JsonSchema) => {
  const { type } = schema;
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || 'properties' in schema;
};
const isClosed = (schema: JsonSchema) =>
  schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false;
const saysWhatItIs = (schema: JsonSchema) =>
  ['type', 'enum', 'const', 'properties', 'allOf', 'anyOf', 'oneOf', 'not'].some((key) => key in schema);

interface Visit {
  path: string;
  /** Closed by what stands around this branch, so that it need not close itself. */
  closedAbove: boolean;
  /** Adds to something that is described elsewhere, so that it need not say what it is. */
  partial: boolean;
}

class Walk {
  readonly found: string[] = [];
  private readonly seen = new Map<JsonSchema, Set<string>>();

  constructor(private readonly root: JsonSchema) {}

  visit(from: unknown, { path, closedAbove, partial }: Visit): void {
    if (from === false) return;
    const schema = from === true ? {} : resolved(this.root, from);
    if (!schema) {
      this.found.push(`${path} (its reference leads nowhere)`);
      return;
    }
    if (this.wasSeen(schema, `${String(closedAbove)} ${String(partial)}`)) return;
    if (!partial && !saysWhatItIs(schema)) this.found.push(`${path} (it has no type)`);
    if (describesObject(schema) && !closedAbove && !isClosed(schema)) this.found.push(path);
    this.children(schema, { path, closedAbove, partial });
  }

  private children(schema: JsonSchema, at: Visit): void {
    const { path } = at;
    // What unevaluatedProperties closes, it closes for the branches of the same object too.
    const closedAbove = at.closedAbove || schema['unevaluatedProperties'] === false;
    for (const key of ['allOf', 'anyOf', 'oneOf'] as const)
      for (const branch of list(schema[key]))
        this.visit(branch, { path, closedAbove, partial: key === 'allOf' });
    for (const key of ['then', 'else'] as const)
      if (key in schema) this.visit(schema[key], { path, closedAbove: true, partial: true });
    const inside = { closedAbove: false, partial: at.closedAbove || at.partial };
    for (const [name, property] of record(schema['properties']))
      this.visit(property, { path: path === '' ? name : `${path}.${name}`, ...inside });
    const { items: declared } = schema;
    const items = Array.isArray(declared) ? list(declared) : declared === undefined ? [] : [declared];
    for (const item of [...items, ...list(schema['prefixItems'])])
      this.visit(item, { path: `${path}[]`, ...inside });
  }

  private wasSeen(schema: JsonSchema, how: string): boolean {
    const ways = this.seen.get(schema) ?? new Set<string>();
    if (ways.has(how)) return true;
    this.seen.set(schema, ways.add(how));
    return false;
  }
}

/** Paths where the schema lets through what it does not name; the top is ''. */
export function openObjects(root: JsonSchema): string[] {
  const walk = new Walk(root);
  walk.visit(root, { path: '', closedAbove: false, partial: false });
  return [...new Set(walk.found)];
}
