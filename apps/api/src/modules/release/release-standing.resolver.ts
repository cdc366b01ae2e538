import { Args, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { BehindLive, ReleaseDiff } from './diff.types.js';
import { ReleaseInStage } from './in-stage.types.js';
import { ReleaseReads } from './release.reads.js';
import { ReleaseStandingReads } from './release-standing.reads.js';
import { Release } from './release.types.js';

/** The fields of a release that depend on what is live. */
@Resolver(() => Release)
@Permit('registry.read')
export class ReleaseStandingResolver {
  constructor(
    private readonly reads: ReleaseStandingReads,
    private readonly people: PersonReads,
  ) {}

  @ResolveField(() => [ReleaseInStage], {
    description:
      'Where its pointers stand and where it is served, in the order of the rollout; empty: a candidate',
  })
  inStages(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.reads.inStages(loaders, release);
  }

  @ResolveField(() => [String], {
    description:
      'Keys of the stages that serve it to everybody in them now; what only occupies one is in inStages',
  })
  async liveIn(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    const found = await this.reads.inStages(loaders, release);
    return found.filter(({ served }) => served === 'everybody').map(({ stageKey }) => stageKey);
  }

  @ResolveField(() => [BehindLive], { description: 'Where promoting it would lose what overtook it' })
  behindLive(
    @Parent() release: Release,
    @CurrentLoaders() loaders: Loaders,
    @Args('stage', { type: () => String, nullable: true }) stage?: string | null,
  ) {
    return this.reads.behindLive(loaders, release, stage ?? null);
  }

  @ResolveField(() => ReleaseDiff, {
    description:
      'Against the release named, else against what it would replace next, else against its parent',
  })
  async diff(
    @Parent() release: Release,
    @CurrentLoaders() loaders: Loaders,
    @Args('toReleaseId', { type: () => ID, nullable: true }) toReleaseId?: string | null,
  ): Promise<ReleaseDiff> {
    const diff = await this.reads.diffWith(loaders, release, toReleaseId ?? null);
    if (!diff) throw new Refusal('NOT_FOUND', 'This workflow has no such release', ['toReleaseId']);
    return diff;
  }

  @ResolveField(() => [User], { description: 'Who may not approve it: they wrote what it would bring in' })
  async authors(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.people.many(loaders, await this.reads.authorIds(loaders, release));
  }
}

@Resolver(() => BehindLive)
@Permit('registry.read')
export class BehindLiveResolver {
  constructor(private readonly releases: ReleaseReads) {}

  @ResolveField(() => Release, { description: 'What overtook it' })
  occupant(@Parent() behind: BehindLive, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, behind.occupantId);
  }
}
