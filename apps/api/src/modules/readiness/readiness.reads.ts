import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ChecklistReads, type PublishedChecklist } from '../checklist/checklist.reads.js';
import { checkRules } from './check-rules.js';
import { factsOf, type FactsRow } from './facts-row.js';
import { factsStatement } from './facts-statement.js';
import { evaluateReadiness } from './readiness.domain.js';
import type { Facts, ReadinessSubject } from './readiness.facts.js';
import type { Readiness } from './readiness-result.domain.js';

/** The outer client, or inside an act its transaction: on the embedded database the other would wait for ever. */
type Queryable = Pick<Tx, '$queryRaw' | 'checklistVersion'>;

export interface FactsAndChecklist {
  facts: Facts;
  checklist: PublishedChecklist;
}

/** Readiness for whoever asks: screens, promotions, the board. One statement for any number of subjects. */
@Injectable()
export class ReadinessReads {
  constructor(
    private readonly database: Database,
    private readonly checklists: ChecklistReads,
    private readonly clock: DoorClock,
  ) {}

  /**
   * In the order asked. For acts: inside the transaction, at the act's own instant.
   * @throws Error for a subject that does not exist: whoever asks here has looked.
   */
  async forSubjects(db: Queryable, subjects: readonly ReadinessSubject[], at: Date): Promise<Readiness[]> {
    const all = await this.evaluate(db, subjects, at);
    return all.map((readiness, index) => {
      if (readiness) return readiness;
      const { releaseId = '?', stageKey = '?' } = subjects[index] ?? {};
      throw new Error(`There is no readiness of release ${releaseId} for stage ${stageKey}`);
    });
  }

  /**
   * For screens, outside acts; batched over the request. Null for what does not exist.
   * @param at null: now.
   * @throws Refusal `INVALID_INPUT` for an instant that is still to come: what it will find is not known.
   */
  load(loaders: Loaders, subject: ReadinessSubject, at: Date | null = null): Promise<Readiness | null> {
    if (at && at.getTime() > this.clock.now().getTime() + 1000) {
      throw new Refusal('INVALID_INPUT', 'This instant is still to come', ['evaluatedAt']);
    }
    const { workflowId, releaseId, stageKey, promotionId = null } = subject;
    return loaders
      .once(`readiness:${at?.toISOString() ?? 'now'}`, (subjects: readonly ReadinessSubject[]) =>
        this.evaluate(this.database.client, subjects, at),
      )
      .load({ workflowId, releaseId, stageKey, promotionId });
  }

  /** What the checks read, with the version of the checklist that holds at the instant. */
  async factsOf(
    db: Queryable,
    subjects: readonly ReadinessSubject[],
    at: Date | null,
  ): Promise<(FactsAndChecklist | null)[]> {
    const known = subjects.filter((one) =>
      [one.workflowId, one.releaseId, one.promotionId ?? one.releaseId].every(isUuid),
    );
    if (known.length === 0) return subjects.map(() => null);
    const { content } = await this.checklists.current(db);
    const answered = content.checks.filter((check) => check.evidence !== null);
    const rows = await db.$queryRaw<{ idx: number; facts: string }[]>(
      factsStatement({
        subjects: known,
        at,
        shiftMs: this.clock.shifted(new Date(0)).getTime(),
        answeredIds: answered.map((check) => check.id),
        organisationIds: answered.filter((check) => check.organisationAnswer).map((check) => check.id),
      }),
    );
    const found = new Map<ReadinessSubject | undefined, FactsAndChecklist | null>();
    for (const { idx, facts } of rows) found.set(known[idx], await this.read(facts, db));
    return subjects.map((subject) => found.get(subject) ?? null);
  }

  private async evaluate(
    db: Queryable,
    subjects: readonly ReadinessSubject[],
    at: Date | null,
  ): Promise<(Readiness | null)[]> {
    const all = await this.factsOf(db, subjects, at);
    return all.map((one) => one && evaluateReadiness(one.checklist.content, checkRules, one.facts));
  }

  private async read(text: string, db: Queryable): Promise<FactsAndChecklist | null> {
    const row = JSON.parse(text) as FactsRow;
    const facts = factsOf(row);
    const checklist = await this.checklists.version(row.checklistVersion, db);
    if (!checklist)
      throw new Error(`Version ${String(row.checklistVersion)} of the checklist cannot be read`);
    return facts && { facts, checklist };
  }
}
