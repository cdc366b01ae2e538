import { madeOf, type Standing, type StageEntryFact, type StandingStage } from './standing.domain.js';

/** When the release that is left first came into the stage; what it was derived from, for a derived one. */
function leftSince(standing: Pick<Standing, 'releases'>, stage: StandingStage, leftId: string): Date | null {
  const made = madeOf(standing.releases, leftId);
  const entry = stage.entries.find((one) => one.releaseId === made || one.releaseId === leftId);
  return entry?.firstFrom ?? null;
}

/** In quarantine anywhere: target of nothing until it is cleared. */
export const isQuarantined = ({ quarantines }: Pick<Standing, 'quarantines'>, releaseId: string): boolean =>
  quarantines.some((one) => one.releaseId === releaseId);

/** Why a release cannot be gone back to in this stage, in a sentence; null where it can. */
export function whyNoTarget(
  standing: Standing,
  stage: StandingStage,
  leftId: string,
  targetId: string,
): string | null {
  const name = standing.releases.get(targetId)?.alias ?? 'This release';
  const entry = stage.entries.find((one) => one.releaseId === targetId);
  if (!entry) return `${name} was never live in ${stage.name}`;
  if (entry.firstGated === null) return `${name} never came into ${stage.name} through its gates`;
  if (isQuarantined(standing, targetId)) return `${name} was left by a rollback and is in quarantine`;
  const since = leftSince(standing, stage, leftId);
  if (since !== null && entry.firstGated >= since)
    return `${name} was not live in ${stage.name} before what is left there`;
  return null;
}

/** Releases that one stage can go back to from what is left there, the latest there first. */
export function targetsIn(standing: Standing, stage: StandingStage, leftId: string): StageEntryFact[] {
  const made = madeOf(standing.releases, leftId);
  return stage.entries
    .filter(({ releaseId }) => releaseId !== leftId && releaseId !== made)
    .filter(({ releaseId }) => whyNoTarget(standing, stage, leftId, releaseId) === null)
    .sort((a, b) => b.lastFrom.getTime() - a.lastFrom.getTime());
}

export interface Left {
  readonly stage: StandingStage;
  readonly releaseId: string;
}

/** The release that was live last among those that every one of these stages can go back to; null: there is none. */
export function lastGood(standing: Standing, left: readonly Left[]): StageEntryFact | null {
  const [first, ...others] = left;
  if (!first) return null;
  const common = targetsIn(standing, first.stage, first.releaseId).filter(({ releaseId }) =>
    others.every(({ stage, releaseId: leaves }) => whyNoTarget(standing, stage, leaves, releaseId) === null),
  );
  return common[0] ?? null;
}

export interface Target {
  readonly releaseId: string;
  /** Why it cannot be gone back to from what is left; null where it can. */
  readonly whyNot: string | null;
}

/** Releases that were live in these stages, the latest there first: what a person may name to go back to. */
export function targetsOf(
  standing: Standing,
  stages: readonly StandingStage[],
  left: readonly Left[],
): Target[] {
  const latest = [...stages.flatMap(({ entries }) => entries)].sort(
    (a, b) => b.lastFrom.getTime() - a.lastFrom.getTime(),
  );
  return [...new Set(latest.map(({ releaseId }) => releaseId))].map((releaseId) => {
    const leaving = left.filter((one) => one.releaseId !== releaseId);
    const reasons = leaving.flatMap(
      ({ stage, releaseId: leaves }) => whyNoTarget(standing, stage, leaves, releaseId) ?? [],
    );
    const whyNot = leaving.length === 0 ? 'It is what is served there already' : (reasons[0] ?? null);
    return { releaseId, whyNot };
  });
}
