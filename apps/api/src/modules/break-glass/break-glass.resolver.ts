import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ExecutionService } from '../promotion/execution.service.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { PromotionBreakGlassPayload } from './promotion-break-glass.types.js';
import {
  BreakGlassGrantInput,
  BreakGlassGrantPayload,
  BreakGlassReviewInput,
  BreakGlassReviewPayload,
  BreakGlassRevokeInput,
  BreakGlassRevokePayload,
  PromotionBreakGlassInput,
} from './break-glass.inputs.js';
import { BreakGlassReads } from './break-glass.reads.js';
import { BreakGlassService } from './break-glass.service.js';
import { BreakGlassUse } from './break-glass.types.js';

@Resolver(() => BreakGlassUse)
@Permit('registry.read')
export class BreakGlassResolver {
  constructor(
    private readonly reads: BreakGlassReads,
    private readonly service: BreakGlassService,
    private readonly executions: ExecutionService,
    private readonly promotions: PromotionReads,
  ) {}

  @Query(() => BreakGlassUse, { nullable: true })
  @Permit('registry.read')
  breakGlassUse(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.visibleUse(loaders, actor, id);
  }

  @Mutation(() => BreakGlassGrantPayload, {
    description: 'To one person, by name, for one incident, for hours',
  })
  @Permit('breakGlass.grant')
  breakGlassGrant(
    @Args('input') input: BreakGlassGrantInput,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
    @RequestId() requestId: string,
  ) {
    return answer('grant', async () =>
      this.reads.grantById(loaders, (await this.service.grant(actor, requestId, input)).grantId),
    );
  }

  @Mutation(() => BreakGlassRevokePayload)
  @Permit('breakGlass.grant')
  breakGlassRevoke(
    @Args('input') input: BreakGlassRevokeInput,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
    @RequestId() requestId: string,
  ) {
    return answer('grant', async () =>
      this.reads.grantById(loaders, (await this.service.revoke(actor, requestId, input)).grantId),
    );
  }

  @Mutation(() => PromotionBreakGlassPayload, {
    description:
      'One move although exactly the named checks are incomplete. Everything else is judged as ever',
  })
  @Permit('breakGlass.use')
  async promotionBreakGlass(
    @Args('input') input: PromotionBreakGlassInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    const { execution, userErrors } = await answer('execution', () =>
      this.executions.executeBreakGlass(actor, requestId, input),
    );
    if (!execution) return { promotion: null, moved: false, readiness: null, userErrors };
    const promotion = await this.promotions.byId(execution.promotionId);
    const moved = execution.readinessRecordId !== null;
    return { promotion, moved, readiness: execution.readiness, userErrors: execution.userErrors };
  }

  @Mutation(() => BreakGlassReviewPayload, {
    description: 'By a different person than gave it and than used it',
  })
  @Permit('breakGlass.review')
  breakGlassReview(
    @Args('input') input: BreakGlassReviewInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('use', async () =>
      this.reads.useById((await this.service.review(actor, requestId, input)).useId),
    );
  }
}
