/** Days without a request after which a workflow that serves a release can be retired as it is. */
export const quietDays = 14;
const quietMs = quietDays * 86_400_000;

export interface RetireFacts {
  retiredAt: Date | null;
  /** Stages in which somebody may get a release now, in the order of the rollout. */
  servingStages: readonly string[];
  /** The end of the last hour in which a request was counted or fetched; null where none ever was. */
  lastRequestAt: Date | null;
  /** Since when what serves has been serving: from when silence means something. */
  servingSince: Date | null;
}

export interface RetireObjection {
  code: 'WORKFLOW_RETIRED' | 'STILL_SERVED';
  message: string;
}

/**
 * A workflow is retired where its failure behaviour is all that it serves, so that for its users nothing changes, or
 * where nobody has asked for two weeks. Null: it may be.
 */
export function retireObjection(facts: RetireFacts, now: Date): RetireObjection | null {
  if (facts.retiredAt) return { code: 'WORKFLOW_RETIRED', message: 'This workflow is retired already' };
  if (facts.servingStages.length === 0) return null;
  const lastSign = Math.max(facts.lastRequestAt?.getTime() ?? 0, facts.servingSince?.getTime() ?? 0);
  if (lastSign <= now.getTime() - quietMs) return null;
  const stages = facts.servingStages.join(', ');
  const since = facts.lastRequestAt
    ? `the last request was ${dayOf(facts.lastRequestAt)}`
    : 'no request was counted yet';
  return {
    code: 'STILL_SERVED',
    message: `It still serves a release in ${stages}, and ${since}: turn it off or fall back everywhere first, or wait for ${String(quietDays)} days without a request`,
  };
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
