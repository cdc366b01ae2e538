import { Injectable } from '@nestjs/common';
import type { PrismaClient } from '../../platform/database/generated/client.js';
import type { IncidentState } from '../incident/incident.schema.js';
import type { FixFacts } from './promotion.domain.js';
import type { AddedCase } from './promotion.schema.js';

type Queryable = Pick<PrismaClient, '$queryRaw' | 'quarantine'>;

/** What is asked of a release that is to mend an incident, and of one that a rollback left. */
@Injectable()
export class FixFactsReads {
  /** A counted run of exactly what the release is made of, on any version of the suite, has the case. */
  async of(
    db: Queryable,
    workflowId: string,
    asked: { incidentId: string; releaseId: string; addedCase: AddedCase },
  ): Promise<FixFacts> {
    const { suiteId, caseId } = asked.addedCase;
    const [row] = await db.$queryRaw<{ incidentState: IncidentState | null; caseFound: boolean }[]>`
      SELECT (SELECT i.state FROM incident i
        WHERE i.id = ${asked.incidentId}::uuid AND i.workflow_id = ${workflowId}::uuid) AS "incidentState",
        EXISTS (
          SELECT 1 FROM release r
          JOIN eval_run e ON e.workflow_id = r.workflow_id AND e.eval_digest = r.eval_digest AND e.counts
          JOIN eval_suite_version v ON v.id = e.suite_version_id AND v.suite_id = ${suiteId}::uuid
          JOIN eval_case c ON c.run_id = e.id AND c.case_id = ${caseId}
          WHERE r.id = ${asked.releaseId}::uuid AND r.workflow_id = ${workflowId}::uuid) AS "caseFound"`;
    return { incidentState: row?.incidentState ?? null, caseFound: row?.caseFound ?? false };
  }

  async isQuarantined(db: Queryable, releaseId: string): Promise<boolean> {
    return (
      (await db.quarantine.findFirst({ where: { releaseId, clearedAt: null }, select: { id: true } })) !==
      null
    );
  }
}
