import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import { outcomeIn } from './effective.domain.js';
import type { FallbackTarget } from './lever.schema.js';
import { newestChange, servingIn } from './scope.domain.js';
import { madeOf, type Standing } from './standing.domain.js';
import { lastGood, type Left } from './targets.domain.js';

export interface Recommendation {
  readonly kind: LeverKind;
  readonly reason: string;
  readonly targetReleaseId: string | null;
  readonly to: FallbackTarget | null;
}

/** A change within these hours is the first to be suspected. */
export const suspectHours = 72;

const minute = 60_000;
const small = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const counted = (count: number, one: string) =>
  `${one === 'day' ? (small[count] ?? String(count)) : String(count)} ${one}${count === 1 ? '' : 's'}`;

/** How long that is, in words, in the one unit that says enough: "40 minutes", "3 hours", "nine days". */
export function spanInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minute));
  if (minutes < 90) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}

/** What is live, in the stages that serve the release that came last. */
export function suspects(standing: Standing): Left[] {
  const newest = newestChange(standing);
  return servingIn(standing, standing.stages, []).filter(({ releaseId }) => releaseId === newest?.releaseId);
}

/** Since when the suspect is in the stage that it came into last. */
export function changedAt(standing: Standing, left: readonly Left[]): Date {
  const times = left.map(({ stage, releaseId }) => {
    const made = madeOf(standing.releases, releaseId);
    return stage.entries.find((entry) => entry.releaseId === made)?.firstFrom.getTime() ?? 0;
  });
  return new Date(Math.max(0, ...times));
}

/** When the last of these stages was taken back to what it serves; null: none was. */
function takenBackAt(left: readonly Left[]): Date | null {
  const times = left.flatMap(({ stage: { pointer } }) =>
    pointer?.origin === 'revertRelease' ? [pointer.from.getTime()] : [],
  );
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

function withoutTarget(standing: Standing, why: string): Recommendation {
  const fallback = standing.failure?.fallback ?? 'none';
  if (fallback !== 'none')
    return {
      kind: 'fallback',
      reason: `${why}: fall back to ${fallback}`,
      ...{ targetReleaseId: null, to: fallback },
    };
  return { kind: 'disable', reason: `${why}: turn it off`, targetReleaseId: null, to: null };
}

/**
 * What is still left where no stage serves a release any more: turning off, which also spares what it falls back to.
 * Null: that is so already, or nothing is there.
 */
function afterFallback(standing: Standing): Recommendation | null {
  const outcomes = servingIn(standing, standing.stages, []).map(({ stage }) => outcomeIn(standing, stage));
  if (outcomes.every((outcome) => outcome === 'disabled')) return null;
  const why = outcomes.includes('fallback') ? 'It has fallen back already' : 'No release is served already';
  return {
    kind: 'disable',
    reason: `${why}; if it goes on: turn it off`,
    ...{ targetReleaseId: null, to: null },
  };
}

/**
 * The one lever to pull, with its reason in words. What changed lately is the first to be suspected, and is gone back
 * from where there is something to go back to; where nothing changed for days, the cause is not in a release, and going
 * back would not mend it. Null: nothing narrower is left.
 */
export function recommend(standing: Standing, now: Date): Recommendation | null {
  const served = standing.stages.filter((stage) => outcomeIn(standing, stage) === 'release');
  if (served.length === 0) return afterFallback(standing);
  const left = suspects(standing);
  const since = now.getTime() - changedAt(standing, left).getTime();
  const span = spanInWords(since);
  const sinceBack = now.getTime() - (takenBackAt(left)?.getTime() ?? -Infinity);
  if (sinceBack <= suspectHours * 60 * minute)
    return withoutTarget(standing, `Taken back ${spanInWords(sinceBack)} ago already; if it goes on`);
  if (since > suspectHours * 60 * minute)
    return withoutTarget(standing, `Nothing changed for ${span}, so that going back would not mend it`);
  const good = lastGood(standing, left);
  const alias = good && standing.releases.get(good.releaseId)?.alias;
  if (!good || !alias)
    return withoutTarget(standing, `Changed ${span} ago, and there is nothing to go back to`);
  return {
    ...{ kind: 'revertRelease', reason: `Changed ${span} ago: revert to ${alias}` },
    ...{ targetReleaseId: good.releaseId, to: null },
  };
}
