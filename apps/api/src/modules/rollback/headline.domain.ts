import type { FallbackTarget } from './lever.schema.js';
import type { Outcome } from './effective.domain.js';
import { firstFrom, servesSince } from './scope.domain.js';
import { servedIn, type ServedIn } from './served-in.domain.js';
import { madeOf, type OpenOverlay, type Standing, type StandingStage } from './standing.domain.js';

/** What some stages have in common. */
export interface SameInStages {
  readonly outcome: Outcome;
  readonly to: FallbackTarget | null;
  /** What these stages serve, or hold without serving it; null where they hold different ones. */
  readonly releaseId: string | null;
  readonly stageKeys: readonly string[];
}

/** The one thing to say of what a workflow serves, and what the stages do of which it does not hold. */
export interface Headline extends SameInStages {
  /** In the order of the rollout. */
  readonly elsewhere: readonly SameInStages[];
  /** So it is in every stage that holds or serves anything. */
  readonly everywhere: boolean;
  /** Since when that is so in the stage where it became so last; null where nobody knows. */
  readonly since: Date | null;
  /** Who brought the release that is served there. */
  readonly byName: string | null;
  /** Of the rollback that made it so; null: none did, or several. */
  readonly rollbackNumber: number | null;
}

type Part = ServedIn<OpenOverlay> & { readonly stage: StandingStage };

/** Where two stages say the same: to whom it matters who brought about what is not served, by rollback too. */
const alike = (one: Part, other: Part) =>
  one.outcome === other.outcome &&
  one.to === other.to &&
  (one.outcome !== 'release' || one.releaseId === other.releaseId);

/** When something changed for these stages, in milliseconds: the release that came, or what was laid over it. */
function changedAt(standing: Standing, { outcome, stage, releaseId, overlay }: Part): number {
  if (outcome !== 'release') return overlay?.from.getTime() ?? 0;
  return releaseId === null ? 0 : (firstFrom(stage, madeOf(standing.releases, releaseId))?.getTime() ?? 0);
}

function sinceOf(standing: Standing, { outcome, stage, releaseId, overlay }: Part): Date | null {
  if (outcome !== 'release') return overlay?.from ?? null;
  return releaseId === null ? null : servesSince(standing, { stage, releaseId });
}

const only = <T>(values: readonly T[]): T | null => (new Set(values).size === 1 ? (values[0] ?? null) : null);

function sameInStages(first: Part, parts: readonly Part[]): SameInStages {
  return {
    ...{ outcome: first.outcome, to: first.to, releaseId: only(parts.map(({ releaseId }) => releaseId)) },
    stageKeys: parts.map(({ stage }) => stage.key),
  };
}

/** Each thing that stages do once, with all the stages that do it. */
function apart(parts: readonly Part[]): SameInStages[] {
  const [first] = parts;
  if (!first) return [];
  const others = parts.filter((part) => !alike(first, part));
  return [
    sameInStages(
      first,
      parts.filter((part) => alike(first, part)),
    ),
    ...apart(others),
  ];
}

/**
 * What is served: the release that came last into any stage that serves one. Where nobody gets a release, what everybody
 * gets instead, and which release the stages hold. Null: nothing is in any stage.
 */
export function headlineOf(standing: Standing): Headline | null {
  const parts = standing.stages
    .map((stage) => ({ stage, ...servedIn(standing, stage) }))
    .filter(
      ({ releaseId, outcome }) => releaseId !== null || outcome === 'disabled' || outcome === 'fallback',
    );
  const rank = ({ outcome }: Part) => (outcome === 'release' ? 0 : outcome === 'failure' ? 2 : 1);
  const [first] = [...parts].sort(
    (one, other) => rank(one) - rank(other) || changedAt(standing, other) - changedAt(standing, one),
  );
  if (!first) return null;
  const mine = parts.filter((part) => alike(first, part));
  const [latest = first] = [...mine].sort(
    (one, other) => (sinceOf(standing, other)?.getTime() ?? 0) - (sinceOf(standing, one)?.getTime() ?? 0),
  );
  const { pointer } = latest.stage;
  return {
    ...sameInStages(first, mine),
    elsewhere: apart(parts.filter((part) => !alike(first, part))),
    everywhere: mine.length === parts.length,
    since: sinceOf(standing, latest),
    byName: first.outcome === 'release' && pointer?.releaseId === latest.releaseId ? pointer.byName : null,
    rollbackNumber: only(mine.map(({ overlay }) => overlay?.rollbackNumber ?? null)),
  };
}
