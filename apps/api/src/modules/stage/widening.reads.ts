import { Injectable } from '@nestjs/common';
import type { PrismaClient } from '../../platform/database/generated/client.js';
import { compareDefinitions, needsSecondPerson } from './stage.domain.js';
import type { StageDefinition } from './stage.schema.js';

type Queryable = Pick<PrismaClient, '$queryRaw'>;

export interface Widening {
  /** The revision that a promotion of the occupant would put in force. */
  readonly id: string;
  /** False where it also takes a check away and no second person has approved that. */
  readonly approved: boolean;
}

/** Which wider definition of a stage waits for a promotion of its occupant. */
@Injectable()
export class WideningReads {
  /** @param revisionId the one meant; null for the newest that waits. Null as an answer: none does. */
  async of(
    db: Queryable,
    workflowId: string,
    stageKey: string,
    revisionId: string | null,
  ): Promise<Widening | null> {
    const [row] = await db.$queryRaw<{ id: string; approved: boolean; canonical: string; inForce: string }[]>`
      SELECT r.id::text, r.canonical, f.canonical AS "inForce", a.stage_revision_id IS NOT NULL AS approved
      FROM stage s
      JOIN stage_revision f ON f.id = s.current_revision_id
      JOIN stage_revision r ON r.workflow_id = s.workflow_id AND r.stage_key = s.key AND r.revision > f.revision
      LEFT JOIN stage_revision_approval a ON a.stage_revision_id = r.id
      WHERE s.workflow_id = ${workflowId}::uuid AND s.key = ${stageKey}
        AND (${revisionId}::uuid IS NULL OR r.id = ${revisionId}::uuid)
      ORDER BY r.revision DESC LIMIT 1`;
    if (!row) return null;
    const parsed = (canonical: string) => JSON.parse(canonical) as StageDefinition;
    const { effect } = compareDefinitions(parsed(row.inForce), parsed(row.canonical));
    return { id: row.id, approved: row.approved || !needsSecondPerson(effect) };
  }
}
