import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { indexed } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { recordedReadiness } from '../readiness/recorded-readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';

/** The readiness that moves were made on. */
@Injectable()
export class ReadinessRecordReads {
  constructor(
    private readonly database: Database,
    private readonly readiness: ReadinessReads,
  ) {}

  /** From the bytes that were recorded, batched over the request: what was seen then. */
  async recorded(loaders: Loaders, id: string): Promise<Readiness | null> {
    const loader = loaders.once<string, { id: string; canonical: string }>('readinessRecord', async (ids) => {
      const where = { id: { in: [...ids] } };
      const select = { id: true, canonical: true };
      const rows = await this.database.client.readinessRecord.findMany({ where, select });
      return indexed(ids, rows, (row) => row.id);
    });
    const row = await loader.load(id);
    return row && recordedReadiness(row.canonical);
  }

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
