import { asProposed, type Plan } from '../live/rollback-plan.js';

/** Who is drilled on, unless told otherwise; applications that are tests of themselves say so. */
export const testSegment = { attribute: 'holdpoint_drill', values: 'true' } as const;

/** minutes: 1 to 60 */
export interface DrillPlan extends Plan {
  minutes: number;
}

export const drillAsProposed: DrillPlan = { ...asProposed, ...testSegment, minutes: 10 };

/** How long drills are offered to last, in minutes. */
export const lengths = [5, 10, 20, 30, 60] as const;
