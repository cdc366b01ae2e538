import type { Facts } from './readiness.facts.js';
import type { EvidenceRef } from './readiness-result.domain.js';

/** Where in the console something can be cleared. */
export type Place =
  | { readonly to: 'contract'; readonly field: string }
  | { readonly to: 'operating' | 'evals' | 'check' | 'release' | 'stage' | 'promotion' };

/** What one rule finds. A rule that cannot tell says `pending`; one that throws is an `error`. Both block. */
export interface RuleOutcome {
  readonly status: 'pass' | 'fail' | 'pending' | 'not_applicable';
  readonly reason: string;
  readonly measured?: string;
  readonly required?: string;
  readonly evidence?: readonly EvidenceRef[];
  /** Time of the newest thing it rests on. */
  readonly evaluatedFrom?: Date;
  /** The check's age limit counts from `evaluatedFrom`. Left out where the thing cannot age: it is pinned. */
  readonly ages?: boolean;
  /** When the outcome ends by itself, where the rule knows better than the age limit. */
  readonly expiresAt?: Date;
  /** Of a check that a person answers too: while this passes, nobody is asked. */
  readonly settles?: boolean;
  readonly place: Place;
}

/** An automatic check: a pure function of the facts. One file each in `checks/`. */
export type Rule = (facts: Facts) => RuleOutcome;

export const day = (date: Date): string => date.toISOString().slice(0, 10);

/** "1 case", "3 cases" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

export const addDays = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);
