import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { withoutBlanks } from './blank.js';
import { getAt, setAt } from './form-path.js';
import { withUnreadable } from './not-json.js';

/** The words for a field that is simply not there yet. */
export function missingMessage(issue: { input?: unknown }): string | undefined {
  return issue.input === undefined || issue.input === null || issue.input === '' ? 'Fill this in' : undefined;
}

/** Errors of a list as a whole stand beside those of its rows, under `root`, where react-hook-form looks for them. */
export function errorsOf<T extends FieldValues>(
  issues: { path: PropertyKey[]; message: string }[],
  values: T,
): FieldErrors<T> {
  const errors = {};
  for (const { path, message } of issues) {
    const isList = Array.isArray(getAt(values, path));
    setAt(errors, isList ? [...path, 'root'] : path, { type: 'invalid', message });
  }
  return errors;
}

/** Validates a form with a schema that the server uses too. Blank fields count as not there. */
export function zodResolver<T extends FieldValues>(schema: z.ZodType): Resolver<T> {
  return (values) => {
    const result = schema.safeParse(withoutBlanks(values), { error: missingMessage });
    const issues = withUnreadable(values, result.error?.issues ?? []);
    if (issues.length === 0) return { values: result.data as T, errors: {} };
    return { values: {}, errors: errorsOf(issues, values) };
  };
}
