import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { Occupancy, Stage } from '../stage/stage.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { PromotionListReads } from './promotion-list.reads.js';
import { PromotionReads } from './promotion.reads.js';
import type { PromotionState } from './promotion.schema.js';
import {
  Promotion,
  PromotionConnection,
  PromotionMove,
  PromotionReview,
  PromotionStateEnum,
} from './promotion.types.js';
import { ReleaseChangesReads } from './release-changes.reads.js';
import { fieldNames } from './review.domain.js';

@Resolver(() => PromotionMove)
@Permit('registry.read')
export class PromotionMoveResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User, { nullable: true })
  executedBy(@Parent() { executedById }: PromotionMove, @CurrentLoaders() loaders: Loaders) {
    return executedById ? this.people.must(loaders, executedById) : null;
  }
}

@Resolver(() => PromotionReview)
@Permit('registry.read')
export class PromotionReviewResolver {
  constructor(
    private readonly people: PersonReads,
    private readonly releases: ReleaseReads,
    private readonly changes: ReleaseChangesReads,
  ) {}

  @ResolveField(() => User)
  reviewer(@Parent() review: PromotionReview, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, review.reviewerId);
  }

  @ResolveField(() => Release, { description: 'What was reviewed' })
  release(@Parent() review: PromotionReview, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, review.releaseId);
  }

  @ResolveField(() => [String], { description: 'Fields in which the promotion moved on since' })
  async staleFields(@Parent() review: PromotionReview, @CurrentLoaders() loaders: Loaders) {
    if (review.current) return [];
    return fieldNames(await this.changes.between(loaders, review.releaseId, review.currentReleaseId));
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowPromotionsResolver {
  constructor(
    private readonly reads: PromotionReads,
    private readonly lists: PromotionListReads,
  ) {}

  @ResolveField(() => PromotionConnection, { description: 'Newest first' })
  promotions(
    @Parent() workflow: Workflow,
    @Args() args: ConnectionArgs,
    @CurrentLoaders() loaders: Loaders,
    @Args('state', { type: () => [PromotionStateEnum], nullable: true }) state?: PromotionState[] | null,
  ) {
    return this.lists.ofWorkflow(loaders, workflow.id, args, state ?? null);
  }

  @ResolveField(() => [Promotion], { description: 'Oldest first' })
  openPromotions(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.openOf(loaders, workflow.id);
  }
}

/** The promotions behind stages and intervals. */
@Resolver(() => Stage)
@Permit('registry.read')
export class StagePromotionResolver {
  constructor(private readonly reads: PromotionReads) {}

  @ResolveField(() => Promotion, { nullable: true, description: 'The one that is open into it' })
  openPromotion(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return this.reads.openInto(loaders, stage.workflowId, stage.key);
  }
}

@Resolver(() => Occupancy)
@Permit('registry.read')
export class OccupancyPromotionResolver {
  constructor(private readonly reads: PromotionReads) {}

  @ResolveField(() => Promotion, { nullable: true, description: 'Which brought it in' })
  promotion(@Parent() { promotionId }: Occupancy, @CurrentLoaders() loaders: Loaders) {
    return promotionId ? this.reads.load(loaders, promotionId) : null;
  }
}
