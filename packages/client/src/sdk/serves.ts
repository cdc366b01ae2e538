import { decide } from '../decide/decide.js';
import type { Snapshot } from '../decide/snapshot.js';
import { decisionValue } from '../flags/decision-value.js';
import { heartbeatLimits, type ServedWorkflow } from '../report/heartbeat.schema.js';

/** What each stage gets from a snapshot, for whoever is in no segment of a rollback. @param now server's time */
export function servesOf(snapshot: Snapshot, now: number): ServedWorkflow['serves'] {
  return snapshot.stages
    .flatMap(({ key }) => {
      const value = decisionValue(snapshot, decide(snapshot, { stage: key }, now));
      if (value.digest === null) return [];
      const steps = Object.entries(value.steps);
      return [
        {
          ...{ stage: key, release: value.digest },
          prompts: Object.fromEntries(steps.map(([name, { prompt }]) => [name, prompt.digest])),
          models: Object.fromEntries(steps.map(([name, { model }]) => [name, model.digest])),
        },
      ];
    })
    .slice(0, heartbeatLimits.serves);
}
