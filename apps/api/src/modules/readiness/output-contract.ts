import type { OutputComponent } from '../workflow/contract.schema.js';
import {
  closedValues,
  resolved,
  schemaProblem,
  schemasAt,
  statusValues,
  type JsonSchema,
} from './json-schema.js';
import { openObjects } from './open-objects.js';
import type { ComponentFact } from './readiness.facts.js';

/** Whether every action that the schema allows is one of a list: its items, or a field of theirs, are an enum. */
function actionsAreListed(schema: JsonSchema, actionsField: string): boolean {
  const places = schemasAt(schema, actionsField.split('.'));
  if (!places) return false;
  return places.every((place) => {
    const item = 'items' in place ? resolved(schema, place['items']) : place;
    if (!item) return false;
    if (closedValues(schema, item) !== null) return true;
    const properties = item['properties'];
    return (
      typeof properties === 'object' &&
      properties !== null &&
      Object.values(properties).some((property) => closedValues(schema, property) !== null)
    );
  });
}

interface Problem {
  /** Of the output component. */
  field: string;
  reason: string;
}

function problemOf(output: OutputComponent): Problem | null {
  const { schema, statusField, citationsField, actionsField, nullRules } = output;
  const wrong = schemaProblem(schema);
  if (wrong !== null)
    return { field: 'schema', reason: `The output schema is not a valid JSON Schema: ${wrong}` };
  const open = openObjects(schema);
  if (open.length > 0) {
    const names = open.map((path) => (path === '' ? 'the top level' : path)).join(', ');
    return { field: 'schema', reason: `The output schema allows fields that it does not name: ${names}` };
  }
  if (statusValues(schema, statusField) === null) {
    return {
      field: 'statusField',
      reason: `${statusField} is not a field of the output schema with a closed set of values`,
    };
  }
  if (citationsField !== undefined && schemasAt(schema, citationsField.split('.')) === null) {
    return { field: 'citationsField', reason: `The output schema has no field ${citationsField}` };
  }
  if (actionsField !== undefined && !actionsAreListed(schema, actionsField)) {
    return { field: 'actionsField', reason: `The actions in ${actionsField} are not a closed list` };
  }
  return nullRules.trim() === ''
    ? { field: 'nullRules', reason: 'The rules for null are not written' }
    : null;
}

export interface OutputContract {
  /** What keeps a program from checking it; null if nothing does. */
  problem: Problem | null;
  /** The values that the status can take; null where they are not closed. */
  statuses: string[] | null;
}

/** By digest: a component never changes, and the walk through a large schema is dearer than all other rules. */
const known = new Map<string, OutputContract>();
const limit = 2000;

export function outputContract({ digest, content }: ComponentFact<OutputComponent>): OutputContract {
  let contract = known.get(digest);
  if (!contract) {
    contract = { problem: problemOf(content), statuses: statusValues(content.schema, content.statusField) };
    if (known.size >= limit) known.clear();
    known.set(digest, contract);
  }
  return contract;
}
