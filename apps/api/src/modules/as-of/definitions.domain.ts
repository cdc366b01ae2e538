import { heldIn, type Held, type TimeWindow } from './time-window.domain.js';

/** A definition of a stage, and when it held while one release occupied the stage. */
export interface DefinitionPeriod extends Held {
  stageRevisionId: string;
}

/** A revision that came into force while the stage was occupied, without the pointer moving. */
export interface RevisionInForce {
  stageRevisionId: string;
  at: Date;
}

/**
 * The definitions that held during an occupancy, within the window: the one that it was entered under, and those that
 * came into force since.
 * @param later in the order in which they came into force
 */
export function definitionsWithin(
  occupancy: { since: Date; until: Date | null; stageRevisionId: string },
  later: readonly RevisionInForce[],
  window: TimeWindow,
): DefinitionPeriod[] {
  const begun = [{ stageRevisionId: occupancy.stageRevisionId, at: occupancy.since }, ...later];
  return begun
    .map(({ stageRevisionId, at }, index) => ({
      stageRevisionId,
      since: at,
      until: begun[index + 1]?.at ?? occupancy.until,
    }))
    .filter((period) => heldIn(period, window));
}
