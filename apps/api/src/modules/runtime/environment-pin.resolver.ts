import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { EnvironmentPinReads } from './environment-pin.reads.js';
import { EnvironmentPinService } from './environment-pin.service.js';
import { EnvironmentPin, EnvironmentPinInput, EnvironmentPinPayload } from './environment-pin.types.js';

@Resolver(() => EnvironmentPin)
@Permit('registry.read')
export class EnvironmentPinResolver {
  constructor(
    private readonly service: EnvironmentPinService,
    private readonly workflows: WorkflowReads,
    private readonly releases: ReleaseReads,
  ) {}

  @Mutation(() => EnvironmentPinPayload, {
    description: 'Chooses what an environment other than production serves, ungated',
  })
  @Permit('environment.pin')
  environmentPin(
    @Args('input') input: EnvironmentPinInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('workflow', async () => {
      const { workflowId } = await this.service.pin(actor, requestId, input);
      return this.workflows.byId(actor, workflowId);
    });
  }

  @ResolveField(() => Release)
  release(@Parent() pin: EnvironmentPin, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, pin.releaseId);
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowEnvironmentsResolver {
  constructor(private readonly reads: EnvironmentPinReads) {}

  @ResolveField(() => [EnvironmentPin], {
    description: 'Environments that serve another release than the newest',
  })
  environmentPins(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id);
  }
}
