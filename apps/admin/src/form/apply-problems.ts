import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { ProblemFragment } from '../api/generated/documents.js';
import { getAt } from './form-path.js';

/**
 * Puts the server's refusals at the fields that they name (`["input", "core", "userJob"]`).
 * Returns those that name no field of this form, for the list above it.
 */
export function applyProblems<T extends FieldValues>(
  form: UseFormReturn<T>,
  problems: ProblemFragment[],
): ProblemFragment[] {
  const values = form.getValues();
  return problems.filter((problem) => {
    const path = problem.field?.slice(problem.field[0] === 'input' ? 1 : 0) ?? [];
    const known = path.length > 0 && path[0] !== undefined && path[0] in values;
    if (!known) return true;
    const isList = Array.isArray(getAt(values, path));
    form.setError((isList ? [...path, 'root'] : path).join('.') as Path<T>, {
      type: problem.code,
      message: problem.message,
    });
    return false;
  });
}
