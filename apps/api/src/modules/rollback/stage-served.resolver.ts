import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { Stage } from '../stage/stage.types.js';
import { StageServedReads } from './stage-served.reads.js';
import { StageServed } from './stage-served.types.js';

@Resolver(() => Stage)
@Permit('registry.read')
export class StageServedFieldResolver {
  constructor(private readonly reads: StageServedReads) {}

  @ResolveField(() => StageServed, { description: 'What everybody in it gets, whatever its pointer says' })
  served(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return this.reads.of(loaders, stage);
  }
}

@Resolver(() => StageServed)
@Permit('registry.read')
export class StageServedResolver {
  constructor(private readonly releases: ReleaseReads) {}

  @ResolveField(() => Release, {
    nullable: true,
    description: 'Served there; where the outcome is another, what is held and served to nobody',
  })
  release(@Parent() { releaseId }: StageServed, @CurrentLoaders() loaders: Loaders) {
    return releaseId === null ? null : this.releases.must(loaders, releaseId);
  }
}
