import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { RollbackReads } from './rollback.reads.js';
import { StandingReads } from './standing.reads.js';
import { Hold, Overlay, Quarantine, Rollback, RollbackRelease } from './rollback.types.js';
import { ViewerReads } from './viewer.reads.js';

@Resolver(() => Overlay)
@Permit('registry.read')
export class OverlayResolver {
  constructor(
    private readonly rollbacks: RollbackReads,
    private readonly standing: StandingReads,
    private readonly viewer: ViewerReads,
  ) {}

  @ResolveField(() => [Overlay], {
    description:
      'Those that come before it for everybody it is laid over, so that it takes effect for nobody; empty where it does',
  })
  overruledBy(@Parent() overlay: Overlay, @CurrentLoaders() loaders: Loaders) {
    return this.standing.overruledBy(loaders, overlay);
  }

  @ResolveField(() => Rollback)
  rollback(@Parent() { rollbackId }: Overlay, @CurrentLoaders() loaders: Loaders) {
    return this.rollbacks.must(loaders, rollbackId);
  }

  @ResolveField(() => Boolean)
  viewerCanEnd(@Parent() overlay: Overlay, @CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return this.viewer.canEnd(loaders, actor, overlay);
  }
}

@Resolver(() => Hold)
@Permit('registry.read')
export class HoldResolver {
  constructor(
    private readonly rollbacks: RollbackReads,
    private readonly people: PersonReads,
    private readonly viewer: ViewerReads,
  ) {}

  @ResolveField(() => Rollback)
  rollback(@Parent() { rollbackId }: Hold, @CurrentLoaders() loaders: Loaders) {
    return this.rollbacks.must(loaders, rollbackId);
  }

  @ResolveField(() => User, { nullable: true })
  liftedBy(@Parent() { endedById }: Hold, @CurrentLoaders() loaders: Loaders) {
    return endedById === null ? null : this.people.must(loaders, endedById);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why the viewer cannot lift it; null where they can',
  })
  viewerCannotLiftReason(
    @Parent() hold: Hold,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.viewer.cannotLift(loaders, actor, hold);
  }

  @ResolveField(() => Boolean)
  async viewerCanLift(
    @Parent() hold: Hold,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return (await this.viewer.cannotLift(loaders, actor, hold)) === null;
  }
}

@Resolver(() => Quarantine)
@Permit('registry.read')
export class QuarantineResolver {
  constructor(
    private readonly rollbacks: RollbackReads,
    private readonly releases: ReleaseReads,
    private readonly people: PersonReads,
    private readonly viewer: ViewerReads,
  ) {}

  @ResolveField(() => Rollback)
  rollback(@Parent() { rollbackId }: Quarantine, @CurrentLoaders() loaders: Loaders) {
    return this.rollbacks.must(loaders, rollbackId);
  }

  @ResolveField(() => RollbackRelease)
  release(@Parent() { releaseId }: Quarantine, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, releaseId);
  }

  @ResolveField(() => User, { nullable: true })
  clearedBy(@Parent() { clearedById }: Quarantine, @CurrentLoaders() loaders: Loaders) {
    return clearedById === null ? null : this.people.must(loaders, clearedById);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why the viewer cannot clear it; null where they can',
  })
  viewerCannotClearReason(
    @Parent() quarantine: Quarantine,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.viewer.cannotClear(loaders, actor, quarantine);
  }

  @ResolveField(() => Boolean)
  async viewerCanClear(
    @Parent() quarantine: Quarantine,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return (await this.viewer.cannotClear(loaders, actor, quarantine)) === null;
  }
}
