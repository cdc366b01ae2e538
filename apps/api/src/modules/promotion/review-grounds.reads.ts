import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { diffReleases, type FieldChange } from '../release/diff.domain.js';
import { baselineOf, type Lineage } from '../release/lineage.domain.js';
import { ReleaseAuthorsReads } from '../release/release-authors.reads.js';
import { ReleaseFactsReads } from '../release/release-facts.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { asServed, type StageFacts } from '../stage/stage-facts.domain.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { nextOpenMove } from './promotion.domain.js';
import { PromotionReads } from './promotion.reads.js';
import type { Promotion } from './promotion.types.js';
import { barredFrom, fieldNames, type Barred } from './review.domain.js';

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
  readonly staleFields: (digest: string) => string[];
}

/** What the next open move of a promotion compares with: for one that is closed, what it was compared with last. */
export function baselineFor(promotion: Promotion, stages: readonly StageFacts[]): string | null {
  const move = nextOpenMove(promotion.moves);
  return promotion.state === 'open' && move
    ? baselineOf(asServed(stages), move.stageKey)
    : promotion.baselineId;
}

@Injectable()
export class ReviewGroundsReads {
  constructor(
    private readonly database: Database,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
    private readonly facts: ReleaseFactsReads,
    private readonly authorship: ReleaseAuthorsReads,
    private readonly stages: StageFactsReads,
  ) {}

  /** @param shownDigest what the person who acts was shown. Null for an unknown promotion. */
  async of(promotionId: string, shownDigest: string): Promise<ReviewGrounds | null> {
    const promotion = await this.promotions.byId(promotionId);
    if (!promotion) return null;
    const stages = await this.stages.of(this.database.client, promotion.workflowId);
    const baselineId = baselineFor(promotion, stages);
    const { workflowId, releaseId, reviews } = promotion;
    const { client } = this.database;
    const [releases, lineage] = await Promise.all([
      this.releases.among(workflowId, {
        ids: [releaseId, ...occupantsOf(asServed(stages)), ...reviews.map((review) => review.releaseId)],
        digests: [shownDigest],
      }),
      this.facts.lineage(workflowId, client),
    ]);
    const release = releases.find((one) => one.id === promotion.releaseId);
    if (!release) throw new Error(`Promotion ${promotionId} names a release that does not exist`);
    const baseline = releases.find((one) => one.id === baselineId) ?? null;
    const contents = await this.facts.comparables(releases, client);
    const changesFrom = (fromId: string) => {
      const [from, to] = [contents.get(fromId), contents.get(releaseId)];
      return from && to ? diffReleases(from, to) : [];
    };
    const staleFields = (digest: string) => {
      const earlier = releases.find((one) => one.digest === digest);
      return earlier ? fieldNames(changesFrom(earlier.id)) : [];
    };
    return {
      ...{ promotion, releaseNumber: release.number, baselineId, lineage, staleFields },
      changes: baseline ? changesFrom(baseline.id) : [],
      barred: barredFrom(await this.authorship.authorsSince(release, baseline, client), release, promotion),
      numbers: new Map(releases.map((one) => [one.id, one.number])),
    };
  }
}

const occupantsOf = (stages: readonly StageFacts[]) =>
  stages.flatMap((stage) => (stage.occupantId === null ? [] : [stage.occupantId]));
