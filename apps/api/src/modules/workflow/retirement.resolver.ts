import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, RequestId } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { RetirePreview, WorkflowRetireInput, WorkflowRetirePayload } from './retire.types.js';
import { RetirementReads } from './retirement.reads.js';
import { RetirementService } from './retirement.service.js';
import { WorkflowReads } from './workflow.reads.js';

@Resolver()
export class RetirementResolver {
  constructor(
    private readonly service: RetirementService,
    private readonly reads: RetirementReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @Query(() => RetirePreview, {
    nullable: true,
    description: 'Who still asks, what would end, and whether it may',
  })
  @Permit('registry.read')
  retirePreview(@Args('workflowId', { type: () => ID }) workflowId: string, @CurrentActor() actor: Actor) {
    return this.reads.preview(actor, workflowId);
  }

  @Mutation(() => WorkflowRetirePayload)
  @Permit('workflow.retire')
  workflowRetire(
    @Args('input') input: WorkflowRetireInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('workflow', async () =>
      this.workflows.byId(actor, (await this.service.retire(actor, requestId, input)).workflowId),
    );
  }
}
