import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ChecklistForStage } from '../stage/stage-validity.domain.js';
import { requiredIds } from './checklist.domain.js';
import { checklist, type Checklist } from './checklist.schema.js';

export interface PublishedChecklist {
  readonly version: number;
  readonly digest: string;
  readonly publishedAt: Date;
  readonly content: Checklist;
}

/** The outer client, or inside an act its transaction: on the embedded database the other would wait for ever. */
type Queryable = Pick<Tx, 'checklistVersion'>;

/** Published versions. They never change, so each is read once and kept. */
@Injectable()
export class ChecklistReads {
  private readonly known = new Map<number, PublishedChecklist>();

  constructor(private readonly database: Database) {}

  /** Null for a version that was never published. */
  async version(version: number, db: Queryable = this.database.client): Promise<PublishedChecklist | null> {
    const kept = this.known.get(version);
    if (kept) return kept;
    const row = await db.checklistVersion.findUnique({ where: { version } });
    if (!row) return null;
    const published: PublishedChecklist = {
      version: row.version,
      digest: row.digest,
      publishedAt: row.publishedAt,
      content: checklist.parse(JSON.parse(row.canonical)),
    };
    this.known.set(version, published);
    return published;
  }

  /** The newest version. @throws Error before the first was published: that happens when the service starts. */
  async newest(db: Queryable = this.database.client): Promise<PublishedChecklist> {
    const row = await db.checklistVersion.findFirst({
      orderBy: { version: 'desc' },
      select: { version: true },
    });
    const published = row && (await this.version(row.version, db));
    if (!published) throw new Error('No version of the checklist was published');
    return published;
  }

  /** The newest version this process knows; asks only while it knows none. Good enough to say which checks there are. */
  async current(db: Queryable = this.database.client): Promise<PublishedChecklist> {
    const newest = Math.max(...this.known.keys());
    return this.known.get(newest) ?? this.newest(db);
  }

  /** What a stage's definition is held against: the ids there are, and those asked for there at each tier. */
  async forStage(
    db: Queryable,
    stageKeysInOrder: readonly string[],
    stageKey: string,
  ): Promise<ChecklistForStage> {
    const { content } = await this.newest(db);
    const at = (tier: 'low' | 'medium' | 'high') => requiredIds(content, tier, stageKeysInOrder, stageKey);
    return {
      checkIds: content.checks.map((check) => check.id),
      required: { low: at('low'), medium: at('medium'), high: at('high') },
    };
  }
}
