import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { CheckAnswer } from './check-answer.types.js';

/** How many answers a list shows: the newest. */
const limit = 500;

/** Answers as they were given. */
@Injectable()
export class CheckAnswerReads {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<CheckAnswer | null> {
    const row = await this.database.client.checkAnswer.findUnique({ where: { id } });
    return row && { ...row, current: true };
  }

  /** Newest first. @param workflowId null: the organisation's. */
  async list(workflowId: string | null, checkId: string | null): Promise<CheckAnswer[]> {
    const rows = await this.database.client.checkAnswer.findMany({
      where: { workflowId, ...(checkId === null ? {} : { checkId }) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    });
    const seen = new Set<string>();
    return rows.map((row) => {
      const current = !seen.has(row.checkId);
      seen.add(row.checkId);
      return { ...row, current };
    });
  }
}
