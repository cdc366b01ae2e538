import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, RequestId } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { RegistrationService } from './registration.service.js';
import { WorkflowRegisterInput, WorkflowRegisterPayload } from './workflow.inputs.js';
import { WorkflowReads } from './workflow.reads.js';

@Resolver()
export class RegistrationResolver {
  constructor(
    private readonly service: RegistrationService,
    private readonly reads: WorkflowReads,
  ) {}

  @Mutation(() => WorkflowRegisterPayload)
  @Permit('workflow.register')
  workflowRegister(
    @Args('input') input: WorkflowRegisterInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('workflow', async () =>
      this.reads.byId(actor, (await this.service.register(actor, requestId, input)).workflowId),
    );
  }
}
