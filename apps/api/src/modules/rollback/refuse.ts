import { Refusal } from '../../platform/refusal/refusal.js';
import type { RollbackObjection } from './rollback-review.domain.js';

/** Objections of a pure rule as the refusal that a client sees; a dotted field is a path below the input. */
export const refuse = (objections: readonly RollbackObjection[]): Refusal =>
  Refusal.many(
    objections.map(({ code, message, field }) => ({
      ...{ code, message, field: field === undefined ? null : ['input', ...field.split('.')] },
    })),
  );
