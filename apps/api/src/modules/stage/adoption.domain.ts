import { isComplete, type CheckStatus } from '../readiness/readiness-result.domain.js';

/** Days after an adoption by which what was missing is owed. */
export const debtDays = 30;

const day = 86_400_000;

interface CheckFacts {
  readonly id: string;
  readonly status: CheckStatus;
  readonly requiredHere: boolean;
}

export interface Debt {
  readonly checkId: string;
  readonly stageKey: string;
  /** ISO 8601 with milliseconds. */
  readonly dueAt: string;
}

/**
 * What an adopted workflow owes: every check that its stage asks and that is not complete. Not the approval of a
 * promotion (RO-5): nobody asked for one, and the next promotion asks for its own.
 */
export function debtsOf(stageKey: string, checks: readonly CheckFacts[], adoptedAt: Date): Debt[] {
  const dueAt = new Date(adoptedAt.getTime() + debtDays * day).toISOString();
  return checks
    .filter((check) => check.requiredHere && check.id !== 'RO-5' && !isComplete(check.status))
    .map((check) => ({ checkId: check.id, stageKey, dueAt }));
}
