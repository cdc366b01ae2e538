import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { changedComponents, isReplaceable, type FieldChange } from '../release/diff.domain.js';
import type { ReleaseDiff } from '../release/diff.types.js';
import { ReleaseFactsReads } from '../release/release-facts.reads.js';
import { ReleaseReads } from '../release/release.reads.js';

interface Pair {
  /** Null: from nothing. */
  from: string | null;
  to: string;
}

/** In which fields releases differ, by id: every pair of a request in one batch, whatever else is loaded already. */
@Injectable()
export class ReleaseChangesReads {
  constructor(
    private readonly database: Database,
    private readonly releases: ReleaseReads,
    private readonly facts: ReleaseFactsReads,
  ) {}

  async between(loaders: Loaders, from: string | null, to: string): Promise<FieldChange[]> {
    const loader = loaders.once<Pair, FieldChange[]>('promotion.changes', async (pairs) => {
      const releases = await Promise.all(
        pairs.map(async (pair) => ({
          from: pair.from === null ? null : await this.releases.must(loaders, pair.from),
          to: await this.releases.must(loaders, pair.to),
        })),
      );
      return this.facts.diffs(releases, this.database.client);
    });
    return (await loader.load({ from, to })) ?? [];
  }

  async diff(loaders: Loaders, fromId: string | null, toId: string): Promise<ReleaseDiff> {
    const changes = await this.between(loaders, fromId, toId);
    const [from, to] = await Promise.all([
      fromId === null ? null : this.releases.must(loaders, fromId),
      this.releases.must(loaders, toId),
    ]);
    return {
      from,
      to,
      changes,
      changedComponents: changedComponents(changes),
      replaceable: isReplaceable(changes),
    };
  }
}
