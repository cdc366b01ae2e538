import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { indexed } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';

export interface NextStep {
  workflowId: string;
  /** The workflow's latest release. */
  releaseId: string;
  /** Key of the stage after the last one that it is in; the first where it is in none. */
  stageKey: string;
}

/** Where the latest release of a workflow would go next; null where it has none, or is in the last stage. */
@Injectable()
export class NextStageReads {
  constructor(private readonly database: Database) {}

  of(loaders: Loaders, workflowId: string): Promise<NextStep | null> {
    return loaders
      .once('readiness.nextStage', async (ids: readonly string[]) =>
        indexed(ids, await this.steps(ids), (step) => step.workflowId),
      )
      .load(workflowId);
  }

  private steps(ids: readonly string[]): Promise<NextStep[]> {
    return this.database.client.$queryRaw<NextStep[]>`
      SELECT w.id::text AS "workflowId", r.id::text AS "releaseId", next.key AS "stageKey"
      FROM unnest(${[...ids]}::uuid[]) AS k(id)
      JOIN workflow w ON w.id = k.id
      JOIN release r ON r.workflow_id = w.id AND r.number = w.last_release_number
      CROSS JOIN LATERAL (
        SELECT s.key FROM stage s
        WHERE s.workflow_id = w.id AND s.position > coalesce((
          SELECT max(live.position) FROM occupancy o
          JOIN stage live ON live.workflow_id = o.workflow_id AND live.key = o.stage_key
          WHERE o.workflow_id = w.id AND o.release_id = r.id AND o."to" IS NULL), -1)
        ORDER BY s.position LIMIT 1
      ) next`;
  }
}
