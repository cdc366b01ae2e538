import { Args, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { OrderStatus, ReadinessType } from '../readiness/readiness.types.js';
import { ReleaseDiff } from '../release/diff.types.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { nextOpenMove } from './promotion.domain.js';
import { PromotionStandingReads } from './promotion-standing.reads.js';
import { EvalComparison, Promotion, PromotionMove } from './promotion.types.js';

/** What a promotion is about, and how its reviews stand. */
@Resolver(() => Promotion)
@Permit('registry.read')
export class PromotionFieldsResolver {
  constructor(
    private readonly standing: PromotionStandingReads,
    private readonly releases: ReleaseReads,
    private readonly workflows: WorkflowReads,
    private readonly people: PersonReads,
  ) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, promotion.workflowId);
  }

  @ResolveField(() => Release)
  release(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, promotion.releaseId);
  }

  @ResolveField(() => Release, {
    nullable: true,
    description: 'What it is compared with: what is live where it enters. Null: nothing is',
  })
  async baseline(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    const { baselineId } = await this.standing.of(loaders, promotion);
    return baselineId === null ? null : this.releases.must(loaders, baselineId);
  }

  @ResolveField(() => User)
  requestedBy(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, promotion.requestedById);
  }

  @ResolveField(() => PromotionMove, { nullable: true, description: 'The stage it is to enter next' })
  nextMove(@Parent() promotion: Promotion): PromotionMove | null {
    return promotion.state === 'open' ? nextOpenMove(promotion.moves) : null;
  }

  @ResolveField(() => Int, { description: 'By the risk tier' })
  async requiredApprovals(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return (await this.standing.of(loaders, promotion)).policy.requiredApprovals;
  }

  @ResolveField(() => Int, { description: 'Approvals of exactly this digest that count' })
  async currentApprovals(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return (await this.standing.of(loaders, promotion)).tally.approvals.length;
  }

  @ResolveField(() => [String], { description: 'Under which roles it must be approved, by what it changes' })
  async requiredRoles(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return (await this.standing.of(loaders, promotion)).policy.requiredRoles;
  }

  @ResolveField(() => [String])
  async missingRoles(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return (await this.standing.of(loaders, promotion)).tally.missingRoles;
  }

  @ResolveField(() => ReadinessType, { nullable: true, description: 'For the stage it is to enter next' })
  readiness(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.standing.readinessOf(loaders, promotion);
  }

  @ResolveField(() => OrderStatus, {
    nullable: true,
    description:
      'What would forbid its next move besides the checks, if it named that release; null where it is closed',
  })
  orderWith(
    @Parent() promotion: Promotion,
    @Args('releaseId', { type: () => ID }) releaseId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.standing.orderWith(loaders, promotion, releaseId);
  }

  @ResolveField(() => ReleaseDiff, { description: 'From what it is compared with' })
  diff(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.standing.diff(loaders, promotion);
  }

  @ResolveField(() => [EvalComparison], {
    description: 'Beside what is live: regressions first, then what does not meet its gate',
  })
  evalComparison(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.standing.comparisons(loaders, promotion);
  }
}

@Resolver(() => Promotion)
@Permit('registry.read')
export class PromotionViewerResolver {
  constructor(private readonly standing: PromotionStandingReads) {}

  @ResolveField(() => Boolean, { description: 'Whether an approval by the viewer would be taken' })
  async viewerCanReview(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return (await this.standing.cannotReview(loaders, actor, promotion)) === null;
  }

  @ResolveField(() => String, { nullable: true })
  viewerCannotReviewReason(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.standing.cannotReview(loaders, actor, promotion);
  }

  @ResolveField(() => Boolean)
  async viewerCanExecute(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return (await this.standing.cannotExecute(loaders, actor, promotion)) === null;
  }

  @ResolveField(() => String, { nullable: true, description: 'What it waits for' })
  viewerCannotExecuteReason(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.standing.cannotExecute(loaders, actor, promotion);
  }

  @ResolveField(() => Boolean)
  viewerCanRetarget(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.standing.canChange(loaders, actor, promotion, 'retarget');
  }

  @ResolveField(() => Boolean)
  viewerCanWithdraw(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.standing.canChange(loaders, actor, promotion, 'withdraw');
  }
}
