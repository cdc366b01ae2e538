import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { baselineOf } from '../release/lineage.domain.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { StageReads } from './stage.reads.js';
import { Occupancy, Stage } from './stage.types.js';

/** The releases behind stages and intervals. */
@Resolver(() => Occupancy)
@Permit('registry.read')
export class OccupancyReleaseResolver {
  constructor(private readonly releases: ReleaseReads) {}

  @ResolveField(() => Release)
  release(@Parent() occupancy: Occupancy, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, occupancy.releaseId);
  }
}

@Resolver(() => Stage)
@Permit('registry.read')
export class StageBaselineResolver {
  constructor(
    private readonly releases: ReleaseReads,
    private readonly reads: StageReads,
  ) {}

  @ResolveField(() => Release, {
    nullable: true,
    description:
      'What a release entering here is compared with: what is served here, else in the nearest later stage',
  })
  async baseline(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    const id = baselineOf(await this.reads.served(loaders, stage.workflowId), stage.key);
    return id === null ? null : this.releases.must(loaders, id);
  }
}
