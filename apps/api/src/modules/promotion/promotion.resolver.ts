import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ExecutionService } from './execution.service.js';
import { executionAnswer, reviewAnswer } from './promotion-answers.js';
import {
  PromotionExecuteInput,
  PromotionListArgs,
  PromotionRequestInput,
  PromotionRetargetInput,
  PromotionReviewInput,
  PromotionWithdrawInput,
} from './promotion.inputs.js';
import { PromotionListReads } from './promotion-list.reads.js';
import {
  PromotionExecutePayload,
  PromotionRequestPayload,
  PromotionRetargetPayload,
  PromotionReviewPayload,
  PromotionWithdrawPayload,
} from './promotion.payloads.js';
import { PromotionReads } from './promotion.reads.js';
import { PromotionService } from './promotion.service.js';
import { Promotion, PromotionConnection } from './promotion.types.js';
import { ReviewService } from './review.service.js';

@Resolver(() => Promotion)
@Permit('registry.read')
export class PromotionResolver {
  constructor(
    private readonly reads: PromotionReads,
    private readonly lists: PromotionListReads,
    private readonly service: PromotionService,
    private readonly reviews: ReviewService,
    private readonly executions: ExecutionService,
  ) {}

  @Query(() => Promotion, { nullable: true })
  @Permit('registry.read')
  promotion(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.visible(loaders, actor, id);
  }

  @Query(() => PromotionConnection, { description: 'Newest first' })
  @Permit('registry.read')
  promotions(
    @Args() args: PromotionListArgs,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.lists.page(loaders, actor, args, args.filter ?? {});
  }

  @Mutation(() => PromotionRequestPayload)
  @Permit('promotion.request')
  promotionRequest(
    @Args('input') input: PromotionRequestInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('promotion', async () =>
      this.reads.byId((await this.service.request(actor, requestId, input)).promotionId),
    );
  }

  @Mutation(() => PromotionRetargetPayload)
  @Permit('promotion.request')
  promotionRetarget(
    @Args('input') input: PromotionRetargetInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('promotion', async () =>
      this.reads.byId((await this.service.retarget(actor, requestId, input)).promotionId),
    );
  }

  @Mutation(() => PromotionReviewPayload)
  @Permit('promotion.review')
  promotionReview(
    @Args('input') input: PromotionReviewInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return reviewAnswer(
      () => this.reviews.review(actor, requestId, input),
      (id) => this.reads.byId(id),
    );
  }

  @Mutation(() => PromotionExecutePayload, {
    description:
      'Incomplete gates are no error: `moved` is false, userErrors is empty, and the readiness says what stands in the way',
  })
  @Permit('promotion.execute')
  promotionExecute(
    @Args('input') input: PromotionExecuteInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return executionAnswer(
      () => this.executions.execute(actor, requestId, input),
      (id) => this.reads.byId(id),
    );
  }

  @Mutation(() => PromotionWithdrawPayload)
  @Permit('promotion.request')
  promotionWithdraw(
    @Args('input') input: PromotionWithdrawInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('promotion', async () =>
      this.reads.byId((await this.service.withdraw(actor, requestId, input)).promotionId),
    );
  }
}
