import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';

/** The readiness that moves were made on. */
@Injectable()
export class ReadinessRecordReads {
  constructor(
    private readonly database: Database,
    private readonly readiness: ReadinessReads,
  ) {}

  /** Judged again at the recorded instant, which gives the recorded bytes. Null without a record. */
  async byId(id: string | null): Promise<Readiness | null> {
    const { client } = this.database;
    const record = id === null ? null : await client.readinessRecord.findUnique({ where: { id } });
    if (!record) return null;
    const { workflowId, releaseId, stageKey, evaluatedAt } = record;
    const move = await client.promotionMove.findFirst({ where: { readinessRecordId: id } });
    const subject = { workflowId, releaseId, stageKey, promotionId: move?.promotionId ?? null };
    const [readiness] = await this.readiness.forSubjects(client, [subject], evaluatedAt);
    return readiness ?? null;
  }
}
