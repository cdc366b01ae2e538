import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { ChecklistReads, type PublishedChecklist } from '../checklist/checklist.reads.js';
import { checkRules } from './check-rules.js';
import { factsOf, type FactsRow } from './facts-row.js';
import { factsStatement } from './facts-statement.js';
import { evaluateReadiness } from './readiness.domain.js';
import type { Facts, ReadinessSubject } from './readiness.facts.js';
import type { Readiness } from './readiness.result.js';

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
   * In the order asked; null for a subject that does not exist.
   * @param at the instant; null: now. Inside an act: `act.now`.
   */
  async forSubjects(
    subjects: readonly ReadinessSubject[],
    at: Date | null,
    db: Queryable = this.database.client,
  ): Promise<(Readiness | null)[]> {
    const all = await this.factsOf(subjects, at, db);
    return all.map((one) => one && evaluateReadiness(one.checklist.content, checkRules, one.facts));
  }

  async forSubject(subject: ReadinessSubject, at: Date | null, db?: Queryable): Promise<Readiness | null> {
    const [readiness] = await this.forSubjects([subject], at, db);
    return readiness ?? null;
  }

  /** Batched over the request; always about now. */
  load(loaders: Loaders, subject: ReadinessSubject): Promise<Readiness | null> {
    const { workflowId, releaseId, stageKey, promotionId = null } = subject;
    return loaders
      .once('readiness', (subjects: readonly ReadinessSubject[]) => this.forSubjects(subjects, null))
      .load({ workflowId, releaseId, stageKey, promotionId });
  }

  /** What the checks read, with the version of the checklist that holds at the instant. */
  async factsOf(
    subjects: readonly ReadinessSubject[],
    at: Date | null,
    db: Queryable = this.database.client,
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

  private async read(text: string, db: Queryable): Promise<FactsAndChecklist | null> {
    const row = JSON.parse(text) as FactsRow;
    const facts = factsOf(row);
    const checklist = await this.checklists.version(row.checklistVersion, db);
    if (!checklist)
      throw new Error(`Version ${String(row.checklistVersion)} of the checklist cannot be read`);
    return facts && { facts, checklist };
  }
}
