import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { WaiverReads } from './waiver.reads.js';
import { WaiverService } from './waiver.service.js';
import {
  Waiver,
  WaiverApproveInput,
  WaiverApprovePayload,
  WaiverEndInput,
  WaiverEndPayload,
  WaiverRequestInput,
  WaiverRequestPayload,
} from './waiver.types.js';

@Resolver(() => Waiver)
@Permit('registry.read')
export class WaiverResolver {
  constructor(
    private readonly reads: WaiverReads,
    private readonly service: WaiverService,
    private readonly people: PersonReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @Query(() => [Waiver], { description: 'Newest first, at most 200' })
  @Permit('registry.read')
  async waivers(
    @Args('workflowId', { type: () => ID }) workflowId: string,
    @CurrentActor() actor: Actor,
    @Args('checkId', { type: () => String, nullable: true }) checkId?: string | null,
  ) {
    const workflow = await this.workflows.byId(actor, workflowId);
    return workflow ? this.reads.ofWorkflow(workflow.id, checkId ?? null) : [];
  }

  @Mutation(() => WaiverRequestPayload)
  @Permit('waiver.request')
  waiverRequest(
    @Args('input') input: WaiverRequestInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('waiver', async () =>
      this.reads.byId((await this.service.request(actor, requestId, input)).waiverId),
    );
  }

  @Mutation(() => WaiverApprovePayload)
  @Permit('waiver.approve')
  waiverApprove(
    @Args('input') input: WaiverApproveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('waiver', async () =>
      this.reads.byId((await this.service.approve(actor, requestId, input)).waiverId),
    );
  }

  @Mutation(() => WaiverEndPayload)
  @Permit('waiver.end')
  waiverEnd(
    @Args('input') input: WaiverEndInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('waiver', async () =>
      this.reads.byId((await this.service.end(actor, requestId, input)).waiverId),
    );
  }

  @ResolveField(() => User)
  requestedBy(@Parent() waiver: Waiver, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, waiver.requestedById);
  }

  @ResolveField(() => User, { nullable: true })
  approvedBy(@Parent() waiver: Waiver, @CurrentLoaders() loaders: Loaders) {
    return waiver.approvedById === null ? null : this.people.must(loaders, waiver.approvedById);
  }
}
