import type { StandingStage } from './standing.domain.js';

type Traffic = Pick<StandingStage, 'key' | 'audience' | 'expectedRequestsPerDay'>;

/**
 * Share of all requests that each stage takes, 0 to 1: of the traffic that its definition expects; else of its
 * percentages, where no rule says who is in it. Null where neither can tell.
 */
export function trafficShares(stages: readonly Traffic[]): Map<string, number | null> {
  const expected = stages.reduce((sum, stage) => sum + stage.expectedRequestsPerDay, 0);
  if (expected > 0)
    return new Map(stages.map((stage) => [stage.key, stage.expectedRequestsPerDay / expected]));
  if (stages.some(({ audience }) => audience.rules.length > 0))
    return new Map(stages.map(({ key }) => [key, null]));
  let taken = 0;
  return new Map(
    stages.map(({ key, audience }) => {
      const share = Math.max(0, audience.percentage - taken) / 100;
      taken = Math.max(taken, audience.percentage);
      return [key, share];
    }),
  );
}

/** Of several stages together; null where one of them cannot tell. */
export function sharedBy(shares: ReadonlyMap<string, number | null>, keys: readonly string[]): number | null {
  const known = keys.map((key) => shares.get(key) ?? null);
  if (known.some((share) => share === null)) return null;
  return Math.min(
    1,
    known.reduce<number>((sum, share) => sum + (share ?? 0), 0),
  );
}
