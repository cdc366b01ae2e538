import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { RollbackReviewInput, RollbackTriggerInput } from './rollback.inputs.js';
import { RollbackReviewPayload, RollbackTriggerPayload } from './rollback.payloads.js';
import { RollbackReads } from './rollback.reads.js';
import { RollbackReviewService } from './rollback-review.service.js';
import { RollbackService } from './rollback.service.js';
import { Rollback } from './rollback.types.js';

@Resolver(() => Rollback)
@Permit('registry.read')
export class RollbackResolver {
  constructor(
    private readonly reads: RollbackReads,
    private readonly rollbacks: RollbackService,
    private readonly reviews: RollbackReviewService,
  ) {}

  @Query(() => Rollback, { nullable: true })
  @Permit('rollback.read')
  rollback(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.visible(loaders, actor, id);
  }

  @Query(() => Rollback, { nullable: true, description: 'By its number in the workflow (team.workflow)' })
  @Permit('rollback.read')
  rollbackNumbered(
    @Args('workflow') workflow: string,
    @Args('number', { type: () => Int }) number: number,
    @CurrentActor() actor: Actor,
  ) {
    return this.reads.numbered(actor, workflow, number);
  }

  @Query(() => Rollback, {
    nullable: true,
    description:
      'What rollbackTrigger of whoever asks came to under this key, where its answer was lost; null: not recorded so far',
  })
  @Permit('rollback.read')
  rollbackAsked(
    @Args('workflow') workflow: string,
    @Args('idempotencyKey') idempotencyKey: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.reads.asked(actor, workflow, idempotencyKey);
  }

  @Mutation(() => RollbackTriggerPayload, {
    description: 'Narrows what is served, now. Nothing makes it wait: no gate, no review, no second person',
  })
  @Permit('rollback.trigger')
  rollbackTrigger(
    @Args('input') input: RollbackTriggerInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    const arrivedAt = performance.now();
    return answer('rollback', async () =>
      this.reads.byId((await this.rollbacks.trigger(actor, requestId, input, arrivedAt)).rollbackId),
    );
  }

  @Mutation(() => RollbackReviewPayload, { description: 'By a different person, the next day at the latest' })
  @Permit('rollback.review')
  rollbackReview(
    @Args('input') input: RollbackReviewInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('rollback', async () =>
      this.reads.byId((await this.reviews.review(actor, requestId, input)).rollbackId),
    );
  }
}
