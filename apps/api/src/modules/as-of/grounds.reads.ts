import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { indexed, grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import type { PromotionReview } from '../promotion/promotion.types.js';
import { ReleaseReads } from '../release/release.reads.js';
import { countedReviews } from './counted-reviews.domain.js';
import { definitionsWithin } from './definitions.domain.js';
import type { DefinitionInForce, LivePointer, ReadinessRecord } from './as-of.types.js';

type Later = { occupancyId: string; stageRevisionId: string; at: Date };

/** What a pointer stood on. Batched over the request: one statement for any number of pointers. */
@Injectable()
export class GroundsReads {
  constructor(
    private readonly database: Database,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
  ) {}

  /** The definitions of the stage that held in the time asked about, while the release was there. */
  async definitions(loaders: Loaders, pointer: LivePointer): Promise<DefinitionInForce[]> {
    const loader = loaders.once<string, Later[]>('asOf.laterRevisions', async (ids) =>
      grouped(ids, await this.laterRevisions(ids), (row) => row.occupancyId),
    );
    const { since, until, stageRevisionId, window } = pointer;
    if (stageRevisionId === null) return [];
    return definitionsWithin(
      { since, until, stageRevisionId },
      (await loader.load(pointer.id)) ?? [],
      window,
    );
  }

  async readiness(loaders: Loaders, pointer: LivePointer): Promise<ReadinessRecord | null> {
    if (pointer.readinessRecordId === null) return null;
    const loader = loaders.once<string, ReadinessRecord>('asOf.readinessRecord', async (ids) => {
      const rows = await this.database.client.readinessRecord.findMany({ where: { id: { in: [...ids] } } });
      return indexed(ids, rows, (row) => row.id);
    });
    return loader.load(pointer.readinessRecordId);
  }

  /** The approvals that the move rested on, oldest first; none for an adoption. */
  async reviews(loaders: Loaders, pointer: LivePointer): Promise<PromotionReview[]> {
    if (pointer.promotionId === null || pointer.releaseId === null) return [];
    const [promotion, release] = await Promise.all([
      this.promotions.load(loaders, pointer.promotionId),
      this.releases.must(loaders, pointer.releaseId),
    ]);
    if (!promotion) return [];
    const barredIds = [
      ...[promotion.requestedById, ...promotion.responsibleIds],
      ...[release.createdById, ...release.responsibleIds],
    ];
    return countedReviews(promotion.reviews, { digest: release.digest, at: pointer.since, barredIds });
  }

  /**
   * Revisions that came into force while the pointer stood: the ledger says when, because what is in force now is all
   * that the stage itself remembers.
   */
  private laterRevisions(occupancyIds: readonly string[]): Promise<Later[]> {
    return this.database.client.$queryRaw<Later[]>`
      SELECT o.id::text AS "occupancyId", r.id::text AS "stageRevisionId", e.at
      FROM occupancy o
      JOIN ledger_entry entered ON entered.id = o.ledger_entry_id
      LEFT JOIN ledger_entry ended ON ended.id = o.end_ledger_entry_id
      JOIN stage_revision r ON r.workflow_id = o.workflow_id AND r.stage_key = o.stage_key
      JOIN ledger_entry e ON e.subject_kind = 'stage_revision' AND e.subject_id = r.id::text
        AND e.chain = entered.chain AND e.seq > entered.seq AND (ended.seq IS NULL OR e.seq < ended.seq)
      WHERE o.id = ANY(${[...occupancyIds]}::uuid[]) AND e.canonical::jsonb #>> '{data,standing}' = 'in_force'
      ORDER BY e.seq`;
  }
}
