import { effectiveRelease } from './effective.domain.js';
import type { RollbackObjection } from './rollback-review.domain.js';
import type { OpenQuarantine, Standing } from './standing.domain.js';

interface Triggered {
  readonly triggeredById: string;
  readonly responsibleIds: readonly string[];
}

/** Who rolled back, or answers for who did, does not clear what was left by it. */
export function ownObjection(
  { triggeredById, responsibleIds }: Triggered,
  personId: string,
): RollbackObjection | null {
  return [triggeredById, ...responsibleIds].includes(personId)
    ? {
        code: 'SECOND_PERSON_REQUIRED',
        message: 'You rolled back; another person clears what was left',
      }
    : null;
}

/**
 * Why this person cannot clear a release, or null: another person than who rolled back or answers for who did, and not
 * while it would be served again by that alone, past every gate.
 */
export function clearObjection(
  standing: Pick<Standing, 'stages' | 'overlays' | 'quarantines'>,
  quarantine: OpenQuarantine,
  rollback: Triggered,
  personId: string,
): RollbackObjection | null {
  const own = ownObjection(rollback, personId);
  if (own) return own;
  const stage = standing.stages.find(({ key }) => key === quarantine.stageKey);
  const isThere = stage && effectiveRelease(standing, stage, quarantine.segment) === quarantine.releaseId;
  return isThere
    ? {
        code: 'STILL_SERVED',
        message: `${stage.name} would serve it again at once; promote something else into it first`,
        field: 'quarantineId',
      }
    : null;
}
