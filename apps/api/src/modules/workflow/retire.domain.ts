/** Days without a request after which a workflow that serves a release can be retired as it is. */
export const quietDays = 14;
const quietMs = quietDays * 86_400_000;

export interface RetireFacts {
  retiredAt: Date | null;
  /** Stages in which somebody may get a release now, in the order of the rollout. */
  servingStages: readonly { readonly key: string; readonly name: string }[];
  /** The end of the last hour in which a request was counted or fetched; null where none ever was. */
  lastRequestAt: Date | null;
  /** Since when what serves has been serving: from when silence means something. */
  servingSince: Date | null;
}

/** What retiring comes to for others, beside what it ends. */
export interface RetireEffects {
  /** Stages whose pointers name a release. */
  endingStages: readonly string[];
  /** What is served in stages instead of a release, each once. */
  servedInstead: readonly { kind: 'disable' | 'fallback'; to: string | null }[];
  /** Instances and callers of production that asked within the hour. */
  asking: number;
  openIncidents: number;
  /** Of the contract that was published last: what is done without an answer; null where there is none. */
  fallback: string | null;
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
  const stages = facts.servingStages.map(({ name }) => name).join(', ');
  const since = facts.lastRequestAt
    ? `the last request was ${dayOf(facts.lastRequestAt)}`
    : 'no request was counted yet';
  return {
    code: 'STILL_SERVED',
    message: `It still serves a release in ${stages}, and ${since}: turn it off or fall back everywhere first, or wait for ${String(quietDays)} days without a request`,
  };
}

const insteadInWords = ({ kind, to }: RetireEffects['servedInstead'][number]) =>
  kind === 'disable' ? 'it is turned off' : `it falls back to ${to ?? 'something simpler'}`;

function whyAllowed({ servingStages }: RetireFacts, { endingStages, servedInstead }: RetireEffects): string {
  if (servingStages.length > 0) return `It may be retired: nobody has asked for ${String(quietDays)} days.`;
  if (endingStages.length === 0) return 'It may be retired: no stage holds a release.';
  const instead = servedInstead.map(insteadInWords).join(', or ') || 'what stages hold is in quarantine';
  return `It may be retired: nobody gets a release, because ${instead} in every stage that holds one.`;
}

function whatTheyGet({ asking, servedInstead, fallback }: RetireEffects): string {
  const [ask, who] = asking === 1 ? ['asks', '1 instance'] : ['ask', `${String(asking)} instances`];
  const behaviour = fallback === null || fallback === 'none' ? '' : `, by the contract ${fallback}`;
  const others = [...new Set(servedInstead.map(({ kind, to }) => (kind === 'disable' ? 'turned off' : to)))];
  const before = others.filter((to) => to !== null && to !== fallback);
  const differs = before.length > 0 ? `, where now it is ${before.join(' or ')}` : '';
  return `${who} of production still ${ask}. Those with our SDK go on with what they hold; whoever fetches through OFREP, or starts without a stored snapshot, will be told that it is unknown and serves its own failure behaviour${behaviour}${differs}.`;
}

/** Why it may be retired, and what that comes to for whoever still asks and for whoever owes something, in sentences. */
export function retireNotes(facts: RetireFacts, effects: RetireEffects): string[] {
  const { asking, openIncidents } = effects;
  const incidents = openIncidents === 1 ? '1 incident stays' : `${String(openIncidents)} incidents stay`;
  return [
    whyAllowed(facts, effects),
    ...(asking > 0 ? [whatTheyGet(effects)] : []),
    ...(openIncidents > 0 ? [`${incidents} open, and can still be closed afterwards.`] : []),
  ];
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
