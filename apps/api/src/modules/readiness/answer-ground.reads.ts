import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReadinessReads, type FactsAndChecklist } from './readiness.reads.js';

type Place = { releaseId: string; stageKey: string };

/** What an answer is about: the facts of a release, at the instant of the act. */
@Injectable()
export class AnswerGroundReads {
  constructor(private readonly readiness: ReadinessReads) {}

  /**
   * @param releaseId null: the workflow's latest.
   * @param promotion the one that the answer is given for, with the stage it is to enter next; null: none.
   * @throws Refusal `NOT_FOUND` where the workflow has no such release, or none at all.
   */
  async of(
    act: Act,
    releaseId: string | null,
    promotion: { id: string; stageKey: string } | null = null,
  ): Promise<FactsAndChecklist> {
    const workflowId = act.workflow.id;
    const [place] = await act.tx.$queryRaw<Place[]>`
      SELECT r.id::text AS "releaseId", s.key AS "stageKey"
      FROM release r JOIN stage s ON s.workflow_id = r.workflow_id
      WHERE r.workflow_id = ${workflowId}::uuid
        AND (${promotion?.stageKey ?? null}::text IS NULL OR s.key = ${promotion?.stageKey ?? null})
        AND CASE WHEN ${releaseId}::uuid IS NULL THEN r.number = ${act.workflow.lastReleaseNumber}::int ELSE r.id = ${releaseId}::uuid END
      ORDER BY s.position LIMIT 1`;
    if (!place) {
      const message =
        releaseId === null
          ? 'Make a release first: an answer is about what a release is made of'
          : 'This workflow has no such release';
      throw new Refusal('NOT_FOUND', message, ['input', 'releaseId']);
    }
    const subject = { workflowId, ...place, promotionId: promotion?.id ?? null };
    const [found] = await this.readiness.factsOf(act.tx, [subject], act.now);
    if (!found) throw new Error(`There are no facts of release ${place.releaseId}`);
    return found;
  }
}
