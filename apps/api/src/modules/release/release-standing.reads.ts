import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Overlay } from '../rollback/rollback.types.js';
import { StandingReads } from '../rollback/standing.reads.js';
import { StageReads } from '../stage/stage.reads.js';
import { changedComponents, isReplaceable } from './diff.domain.js';
import type { BehindLive, ReleaseDiff } from './diff.types.js';
import { inStages, type InStage } from './in-stages.domain.js';
import { baselineOf, isBehindLive, lineageOf, type Lineage } from './lineage.domain.js';
import { ReleaseAuthorsReads } from './release-authors.reads.js';
import { ReleaseFactsReads } from './release-facts.reads.js';
import { ReleaseReads } from './release.reads.js';
import type { Release } from './release.types.js';

/** A release by id, nothing at all, or what the release would replace next, else its parent. */
type Against = { releaseId: string | null } | 'whatItReplaces';
type Asked = { releaseId: string; against: Against };

/** How a release stands to what is live. Batched: the statements of a request do not grow with its rows. */
@Injectable()
export class ReleaseStandingReads {
  constructor(
    private readonly database: Database,
    private readonly releases: ReleaseReads,
    private readonly facts: ReleaseFactsReads,
    private readonly authorship: ReleaseAuthorsReads,
    private readonly stages: StageReads,
    private readonly overlaid: StandingReads,
  ) {}

  /** The stages that it occupies or is served in now, in the order of the rollout. */
  async inStages(loaders: Loaders, { id, workflowId }: Release): Promise<InStage<Overlay>[]> {
    const [stages, overlays, quarantines] = await Promise.all([
      this.stages.occupied(loaders, workflowId),
      this.overlaid.openOverlays(loaders, workflowId),
      this.overlaid.openQuarantines(loaders, workflowId),
    ]);
    return inStages(id, stages, { overlays, quarantines });
  }

  /** Stages, or the one asked about, whose baseline this release was not made from. */
  async behindLive(loaders: Loaders, release: Release, stageKey: string | null): Promise<BehindLive[]> {
    const stages = await this.stages.served(loaders, release.workflowId);
    const lineage = await this.lineage(loaders, release.workflowId);
    return stages
      .filter(({ key }) => stageKey === null || key === stageKey)
      .flatMap(({ key }) => {
        const baseline = baselineOf(stages, key);
        return baseline !== null && isBehindLive(lineage, release.id, baseline)
          ? [{ stageKey: key, occupantId: baseline }]
          : [];
      });
  }

  /** What it would replace next: the baseline of the first stage that it is not in; null where nothing is live. */
  async baseline(loaders: Loaders, release: Release): Promise<Release | null> {
    const stages = await this.stages.served(loaders, release.workflowId);
    const next = stages.find((stage) => stage.occupantId !== release.id);
    const id = next ? baselineOf(stages, next.key) : null;
    return id === null || id === release.id ? null : this.releases.load(loaders, id);
  }

  /** @returns null where the other release is unknown or of another workflow. */
  async diffWith(loaders: Loaders, release: Release, otherId: string | null): Promise<ReleaseDiff | null> {
    if (otherId === null) return this.compared(loaders, release.id, 'whatItReplaces');
    const other = isUuid(otherId) ? await this.releases.load(loaders, otherId) : null;
    return other?.workflowId === release.workflowId ? this.diff(loaders, other, release) : null;
  }

  diff(loaders: Loaders, from: Release | null, to: Release): Promise<ReleaseDiff> {
    return this.compared(loaders, to.id, { releaseId: from?.id ?? null });
  }

  /** Who wrote what it would bring in over what is live: they may not approve it. */
  async authorIds(loaders: Loaders, release: Release): Promise<string[]> {
    const loader = loaders.once('releaseAuthors', async (ids: readonly string[]) => {
      const pairs = await Promise.all(
        ids.map(async (id) => {
          const one = await this.releases.must(loaders, id);
          return { release: one, baseline: await this.baseline(loaders, one) };
        }),
      );
      return this.authorship.authors(pairs, this.database.client);
    });
    return (await loader.load(release.id)) ?? [];
  }

  /** What to compare with is looked up inside the batch, so that rows which take longer to answer do not split it. */
  private async compared(loaders: Loaders, releaseId: string, against: Against): Promise<ReleaseDiff> {
    const loader = loaders.once('releaseDiff', async (asked: readonly Asked[]) => {
      const pairs = await Promise.all(
        asked.map(async (one) => {
          const to = await this.releases.must(loaders, one.releaseId);
          return { to, from: await this.other(loaders, to, one.against) };
        }),
      );
      const found = await this.facts.diffs(pairs, this.database.client);
      return pairs.map((pair, index) => {
        const changes = found[index] ?? [];
        const summary = {
          changedComponents: changedComponents(changes),
          replaceable: isReplaceable(changes),
        };
        return { ...pair, changes, ...summary };
      });
    });
    const diff = await loader.load({ releaseId, against });
    if (!diff) throw new Error(`The release ${releaseId} was not compared`);
    return diff;
  }

  private async other(loaders: Loaders, release: Release, against: Against): Promise<Release | null> {
    if (against !== 'whatItReplaces')
      return against.releaseId === null ? null : this.releases.must(loaders, against.releaseId);
    const live = await this.baseline(loaders, release);
    if (live !== null || release.parentId === null) return live;
    return this.releases.load(loaders, release.parentId);
  }

  private async lineage(loaders: Loaders, workflowId: string): Promise<Lineage> {
    const loader = loaders.once('releaseLineage', async (ids: readonly string[]) => {
      const rows = await this.database.client.release.findMany({
        where: { workflowId: { in: [...ids] } },
        select: { id: true, workflowId: true, parentId: true, derivedFromId: true },
      });
      return ids.map((id) => lineageOf(rows.filter((row) => row.workflowId === id)));
    });
    return (await loader.load(workflowId)) ?? new Map();
  }
}
