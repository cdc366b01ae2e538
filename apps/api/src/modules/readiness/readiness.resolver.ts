import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { canonicalReadiness } from './canonical-readiness.domain.js';
import { ReadinessReads } from './readiness.reads.js';
import { ReadinessType } from './readiness.types.js';

const orUnknown = <T>(found: T | null, field: string): T => {
  if (found === null) throw new Refusal('NOT_FOUND', 'There is no such release or stage', [field]);
  return found;
};

@Resolver(() => ReadinessType)
@Permit('registry.read')
export class ReadinessResolver {
  constructor(
    private readonly reads: ReadinessReads,
    private readonly releases: ReleaseReads,
  ) {}

  @Query(() => ReadinessType, {
    description: 'As a promotion would be judged at that instant; now where none is given',
  })
  @Permit('registry.read')
  async readiness(
    @Args('releaseId', { type: () => ID }) releaseId: string,
    @Args('stage') stageKey: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
    @Args('evaluatedAt', { type: () => Date, nullable: true }) evaluatedAt?: Date | null,
  ) {
    const { workflowId } = orUnknown(await this.releases.byId(actor, releaseId), 'releaseId');
    return orUnknown(
      await this.reads.load(loaders, { workflowId, releaseId, stageKey }, evaluatedAt),
      'stage',
    );
  }

  @ResolveField(() => String, { description: 'Of the exact bytes (RFC 8785) that a promotion stores' })
  digest(@Parent() readiness: ReadinessType) {
    return canonicalReadiness(readiness).digest;
  }

  @ResolveField(() => String, { description: 'The exact bytes (RFC 8785) that the digest is of' })
  canonical(@Parent() readiness: ReadinessType) {
    return canonicalReadiness(readiness).canonical;
  }
}

@Resolver(() => Release)
@Permit('registry.read')
export class ReleaseReadinessResolver {
  constructor(private readonly reads: ReadinessReads) {}

  @ResolveField(() => ReadinessType)
  async readiness(
    @Parent() release: Release,
    @Args('stage') stageKey: string,
    @CurrentLoaders() loaders: Loaders,
    @Args('evaluatedAt', { type: () => Date, nullable: true }) evaluatedAt?: Date | null,
  ) {
    const { workflowId, id: releaseId } = release;
    return orUnknown(
      await this.reads.load(loaders, { workflowId, releaseId, stageKey }, evaluatedAt),
      'stage',
    );
  }
}
