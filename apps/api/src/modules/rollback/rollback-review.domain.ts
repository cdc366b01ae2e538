import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import type { RollbackKind } from './rollback.schema.js';

export interface RollbackObjection {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field?: string;
}

/** Why this person's word on a rollback does not count, or null: it is a different person's than whoever triggered it. */
export function reviewObjection(
  rollback: {
    readonly kind: RollbackKind;
    readonly triggeredById: string;
    readonly responsibleIds: readonly string[];
  },
  reviewed: boolean,
  personId: string,
): RollbackObjection | null {
  if (rollback.kind === 'drill')
    return { code: 'INVALID_INPUT', message: 'A drill owes no review', field: 'rollbackId' };
  if (reviewed) return { code: 'CONFLICT', message: 'This was reviewed already' };
  return [rollback.triggeredById, ...rollback.responsibleIds].includes(personId)
    ? {
        code: 'SELF_APPROVAL',
        message: 'You rolled back; a different person reviews it',
        field: 'rollbackId',
      }
    : null;
}
