import type { IncidentState } from '../incident/incident.schema.js';
import type { RollbackObjection } from './rollback-review.domain.js';

export interface LiftFacts {
  readonly lifted: boolean;
  readonly rollback: { readonly triggeredById: string; readonly responsibleIds: readonly string[] };
  readonly incidentState: IncidentState;
}

/**
 * Why this person cannot lift a hold, or null: another person than who rolled back or answers for who did, once the
 * incident is in monitoring at least. It changes nothing served; it re-admits promotions, each through its own gates.
 */
export function liftObjection(
  { lifted, rollback, incidentState }: LiftFacts,
  personId: string,
): RollbackObjection | null {
  if (lifted) return { code: 'CONFLICT', message: 'This hold is lifted already' };
  if ([rollback.triggeredById, ...rollback.responsibleIds].includes(personId))
    return { code: 'SECOND_PERSON_REQUIRED', message: 'You rolled back; another person lifts the hold' };
  if (incidentState === 'open')
    return { code: 'INCIDENT_OPEN', message: 'Its incident is open still; move it to monitoring first' };
  return null;
}
