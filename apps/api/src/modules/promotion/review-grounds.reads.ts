import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { FieldChange } from '../release/diff.domain.js';
import { baselineOf, lineageOf, type Lineage } from '../release/lineage.domain.js';
import { ReleaseReads } from '../release/release.reads.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { nextOpenMove } from './promotion.domain.js';
import { PromotionReads } from './promotion.reads.js';
import type { Promotion } from './promotion.types.js';
import { fieldNames, type Barred } from './review.domain.js';

/**
 * What a decision about a promotion needs of releases. All of it is immutable, so it is read before the lock is
 * taken and stays right for as long as the promotion's release and its baseline stay the same.
 */
export interface ReviewGrounds {
  readonly promotion: Promotion;
  readonly releaseNumber: number;
  readonly baselineId: string | null;
  /** From the baseline to the release; empty without a baseline. */
  readonly changes: readonly FieldChange[];
  readonly barred: Barred;
  readonly lineage: Lineage;
  /** Numbers of the releases that are live somewhere. */
  readonly numbers: ReadonlyMap<string, number>;
  /** By digest of what somebody was shown: the fields in which it differs from the release. */
  readonly staleFields: (digest: string) => readonly string[];
}

/** What the next open move of a promotion compares with: for one that is closed, what it was compared with last. */
export function baselineFor(promotion: Promotion, stages: readonly StageFacts[]): string | null {
  const move = nextOpenMove(promotion.moves);
  return promotion.state === 'open' && move ? baselineOf(stages, move.stageKey) : promotion.baselineId;
}

/** Persons barred from approving: authors since the baseline, who answers for the release, who asked. */
export const barredFrom = (
  promotion: Pick<Promotion, 'requestedById' | 'responsibleIds'>,
  release: { createdById: string; responsibleIds: readonly string[] },
  authorIds: readonly string[],
): Barred => ({
  authorIds: [...authorIds],
  responsibleIds: [release.createdById, ...release.responsibleIds],
  requesterIds: [promotion.requestedById, ...promotion.responsibleIds],
});

@Injectable()
export class ReviewGroundsReads {
  constructor(
    private readonly database: Database,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
    private readonly stages: StageFactsReads,
  ) {}

  /** @param shownDigest what the person who acts was shown. Null for an unknown promotion. */
  async of(promotionId: string, shownDigest: string): Promise<ReviewGrounds | null> {
    const promotion = await this.promotions.byId(promotionId);
    if (!promotion) return null;
    const stages = await this.stages.of(this.database.client, promotion.workflowId);
    const baselineId = baselineFor(promotion, stages);
    const occupants = stages.flatMap((stage) => (stage.occupantId === null ? [] : [stage.occupantId]));
    const shown = new Set([shownDigest, ...promotion.reviews.map((review) => review.digest)]);
    shown.delete(promotion.digest);
    const earlier = await this.releases.byDigests(promotion.workflowId, [...shown]);
    const needed = [
      promotion.releaseId,
      ...occupants,
      ...(baselineId === null ? [] : [baselineId]),
      ...earlier.map((r) => r.id),
    ];
    const [releases, comparables, authorIds, lineage] = await Promise.all([
      this.releases.byIds(needed),
      this.releases.comparables(needed),
      this.releases.authorsSince(promotion.releaseId, baselineId),
      this.releases.lineage([promotion.releaseId, ...occupants]),
    ]);
    const release = releases.find((one) => one.id === promotion.releaseId);
    if (!release) throw new Error(`Promotion ${promotionId} names a release that does not exist`);
    const changes = (fromId: string | null) => comparables.diff(fromId, promotion.releaseId);
    return {
      promotion,
      releaseNumber: release.number,
      baselineId,
      changes: changes(baselineId),
      barred: barredFrom(promotion, release, authorIds),
      lineage: lineageOf(lineage),
      numbers: new Map(releases.map((one) => [one.id, one.number])),
      staleFields: (digest) => fieldNames(changes(earlier.find((one) => one.digest === digest)?.id ?? null)),
    };
  }
}
