import type { ProblemFragment } from '../api/generated/documents.js';

export interface ProblemsAt<N extends string> {
  /** What to say at a field; undefined: nothing. */
  at: (name: N) => string | undefined;
  /** What is about no field that is shown, for the list below all of them. */
  rest: ProblemFragment[];
}

/**
 * Parts refusals by the fields of a dialog that they name (`["input", "addedCase", "caseId"]`).
 * @param names as the input calls what the dialog asks for
 */
export function problemsAt<N extends string>(
  problems: readonly ProblemFragment[],
  names: readonly N[],
): ProblemsAt<N> {
  const nameOf = ({ field }: ProblemFragment) =>
    names.find((name) => name === (field?.[0] === 'input' ? field[1] : field?.[0]));
  return {
    at: (name) =>
      problems
        .filter((problem) => nameOf(problem) === name)
        .map(({ message }) => message)
        .join('. ') || undefined,
    rest: problems.filter((problem) => nameOf(problem) === undefined),
  };
}
