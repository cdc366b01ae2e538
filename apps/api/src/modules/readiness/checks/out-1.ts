import type { OutputComponent } from '../../workflow/contract.schema.js';
import {
  closedValues,
  resolved,
  schemaProblem,
  schemasAt,
  statusValues,
  type JsonSchema,
} from '../json-schema.js';
import { openObjects } from '../open-objects.js';
import type { Rule } from '../rule.js';

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

/** By digest: a component never changes, and the walk through a large schema is the dearest rule of all. */
const known = new Map<string, Problem | null>();
const limit = 2000;

/** OUT-1: an output contract that a program can check. */
export const out1: Rule = ({ output }) => {
  let problem = known.get(output.digest);
  if (problem === undefined) {
    problem = problemOf(output.content);
    if (known.size >= limit) known.clear();
    known.set(output.digest, problem);
  }
  if (problem)
    return {
      status: 'fail',
      reason: problem.reason,
      place: { to: 'contract', field: `output.${problem.field}` },
    };
  return {
    status: 'pass',
    reason: 'The output schema is valid, every object in it is closed, and the status is one of a closed set',
    measured: `${output.content.statusField}: ${(statusValues(output.content.schema, output.content.statusField) ?? []).join(', ')}`,
    evaluatedFrom: output.createdAt,
    place: { to: 'contract', field: 'output.schema' },
  };
};
