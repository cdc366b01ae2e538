import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { Promotion } from '../promotion/promotion.types.js';
import { Viewer } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { HomeReads } from './home.reads.js';
import { StaleItem, WaitingItem } from './home.types.js';

@Resolver(() => Viewer)
@Permit('registry.read')
export class HomeResolver {
  constructor(private readonly reads: HomeReads) {}

  @ResolveField(() => [WaitingItem], { description: 'Longest waiting first' })
  waitingForYou(@CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return this.reads.waiting(loaders, actor);
  }

  @ResolveField(() => [StaleItem], { description: 'What expires within 14 days, soonest first' })
  goingStale(@CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return this.reads.goingStale(loaders, actor);
  }
}

@Resolver(() => WaitingItem)
@Permit('registry.read')
export class WaitingItemResolver {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly promotions: PromotionReads,
  ) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() item: WaitingItem, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, item.workflowId);
  }

  @ResolveField(() => Promotion, { nullable: true })
  promotion(@Parent() item: WaitingItem, @CurrentLoaders() loaders: Loaders) {
    return item.promotionId === null ? null : this.promotions.load(loaders, item.promotionId);
  }
}

@Resolver(() => StaleItem)
@Permit('registry.read')
export class StaleItemResolver {
  constructor(private readonly workflows: WorkflowReads) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() item: StaleItem, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, item.workflowId);
  }
}
