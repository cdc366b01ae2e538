import type { MeasuredEffect } from './effect.reads.js';
import type { RollbackEffect } from './telemetry.types.js';

/** Most instances that are named. */
const most = 100;

/** An effect as the API shows it. */
export const effectShown = (effect: MeasuredEffect): RollbackEffect => ({
  ...effect,
  completedAt: effect.completedAt === null ? null : new Date(effect.completedAt),
  stragglers: effect.stragglers.slice(0, most).map((one) => ({ ...one, since: new Date(one.since) })),
  unhonoured: effect.unhonoured.slice(0, most),
});
