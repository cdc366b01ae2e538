import { answer } from '../../platform/graphql/answer.js';
import type { RollbackTriggerPayload } from './rollback.payloads.js';
import type { RollbackReads } from './rollback.reads.js';

/** The rollback with its incident. */
export async function triggerAnswer(
  reads: RollbackReads,
  work: () => Promise<{ rollbackId: string; incidentId: string }>,
): Promise<RollbackTriggerPayload> {
  const { done, userErrors } = await answer('done', work);
  if (!done) return { rollback: null, incident: null, userErrors };
  const [rollback, incident] = await Promise.all([
    reads.byId(done.rollbackId),
    reads.incident(done.incidentId),
  ]);
  return { rollback, incident, userErrors };
}
