import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { StagedCase } from './import/imported-run.js';

/** Rows of one statement. */
const batchSize = 1000;

/** Writes cases before their run exists, under no lock; a run that is never recorded takes them with it. */
@Injectable()
export class CaseStaging {
  constructor(private readonly database: Database) {}

  async stage(
    cases: readonly StagedCase[],
    db: Pick<Tx, '$executeRaw'> = this.database.client,
  ): Promise<void> {
    for (let at = 0; at < cases.length; at += batchSize) {
      const batch = JSON.stringify(cases.slice(at, at + batchSize));
      await db.$executeRaw`
        INSERT INTO eval_case (run_id, index, case_id, repeat, category, tags, outcome, score, metrics, expected_status,
          severity, latency_ms, cost_usd, input_digest, output_digest, reason)
        SELECT "runId", index, "caseId", repeat, category, tags, outcome, score, metrics, "expectedStatus",
          severity, "latencyMs", "costUsd", "inputDigest", "outputDigest", reason
        FROM jsonb_to_recordset(${batch}::jsonb) AS one("runId" uuid, index int, "caseId" text, repeat int,
          category text, tags text[], outcome text, score float8, metrics jsonb, "expectedStatus" text,
          severity text, "latencyMs" int, "costUsd" numeric, "inputDigest" text, "outputDigest" text, reason text)`;
    }
  }

  /** Removes the staged cases of runs that were not recorded; the database refuses it for one that was. */
  async discard(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) {
      await this.database.client.$executeRaw`SELECT discard_staged_cases(${runId}::uuid)`;
    }
  }
}
