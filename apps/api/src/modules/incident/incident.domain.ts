import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import type { IncidentState } from './incident.schema.js';

export interface IncidentObjection {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field?: string;
}

/** Why an incident in this state cannot go into that one, or null. There is no way back; a new one is opened. */
export function moveObjection(from: IncidentState, to: IncidentState): IncidentObjection | null {
  if (from === 'resolved')
    return { code: 'INCIDENT_RESOLVED', message: 'This incident is resolved; open a new one' };
  return from === to ? { code: 'CONFLICT', message: `This incident is ${to} already` } : null;
}

/** Why it cannot be handed to this person, or null. A link may still be added after the end; an owner may not. */
export function assignObjection(
  incident: { readonly state: IncidentState; readonly ownerId: string | null },
  owner: { readonly id: string; readonly mayWork: boolean } | null,
): IncidentObjection | null {
  if (incident.state === 'resolved')
    return { code: 'INCIDENT_RESOLVED', message: 'This incident is resolved; nobody takes it over any more' };
  if (owner?.mayWork !== true) return ownerObjection(owner);
  return owner.id === incident.ownerId
    ? { code: 'NOTHING_CHANGED', message: 'This person has it already', field: 'ownerId' }
    : null;
}

/** Why this person cannot own an incident, or null: an owner can do everything that has to be done with it. */
export function ownerObjection(owner: { readonly mayWork: boolean } | null): IncidentObjection | null {
  if (owner?.mayWork === true) return null;
  return {
    code: 'INVALID_INPUT',
    message: 'An owner is somebody of the team, or on call, or an administrator',
    field: 'ownerId',
  };
}

/** Whether something may still be allowed for its sake. */
export const isUnderway = (state: IncidentState): boolean => state !== 'resolved';
