import { answer } from '../../platform/graphql/answer.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import type { RollbackTriggerPayload } from './rollback.payloads.js';
import type { RollbackReads } from './rollback.reads.js';

/** The rollback with its incident. */
export async function triggerAnswer(
  reads: RollbackReads,
  actor: Actor,
  work: () => Promise<{ rollbackId: string; incidentId: string }>,
): Promise<RollbackTriggerPayload> {
  const { done, userErrors } = await answer('done', work);
  if (!done) return { rollback: null, incident: null, userErrors };
  const [rollback, incident] = await Promise.all([
    reads.byId(done.rollbackId),
    // A key that may only narrow reads nothing of the registry through what it did.
    can(actor, 'registry.read') ? reads.incident(done.incidentId) : null,
  ]);
  return { rollback, incident, userErrors };
}
