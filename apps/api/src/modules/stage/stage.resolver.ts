import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs, pageOf } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Workflow } from '../workflow/workflow.types.js';
import { OccupancyReads } from './occupancy.reads.js';
import {
  StageReviseInput,
  StageRevisePayload,
  StageRevisionApproveInput,
  StageRevisionApprovePayload,
} from './stage.inputs.js';
import { StageReads } from './stage.reads.js';
import { StageService } from './stage.service.js';
import { Occupancy, OccupancyConnection, Stage, StageRevision } from './stage.types.js';

@Resolver(() => Stage)
@Permit('registry.read')
export class StageResolver {
  constructor(
    private readonly reads: StageReads,
    private readonly occupancies: OccupancyReads,
    private readonly stages: StageService,
  ) {}

  @ResolveField(() => StageRevision, { description: 'The definition in force' })
  current(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return this.reads.current(loaders, stage);
  }

  @ResolveField(() => [StageRevision], { description: 'Wait for a second person or for a promotion' })
  async pending(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return (await this.reads.revisions(loaders, stage)).filter((revision) => revision.waits);
  }

  @ResolveField(() => [StageRevision], { description: 'Newest first' })
  revisions(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return this.reads.revisions(loaders, stage);
  }

  @ResolveField(() => Occupancy, { nullable: true, description: 'What is in it now' })
  occupant(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders) {
    return this.reads.occupant(loaders, stage);
  }

  @ResolveField(() => OccupancyConnection, { description: 'Newest first' })
  history(@Parent() stage: Stage, @CurrentLoaders() loaders: Loaders, @Args() args: ConnectionArgs) {
    return this.occupancies.history(loaders, stage, pageOf(args));
  }

  @Mutation(() => StageRevisePayload)
  @Permit('stage.revise')
  stageRevise(
    @Args('input') input: StageReviseInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('stageRevision', async () =>
      this.reads.revision(loaders, (await this.stages.revise(actor, requestId, input)).stageRevisionId),
    );
  }

  @Mutation(() => StageRevisionApprovePayload)
  @Permit('stage.approve')
  stageRevisionApprove(
    @Args('input') input: StageRevisionApproveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('stageRevision', async () =>
      this.reads.revision(loaders, (await this.stages.approve(actor, requestId, input)).stageRevisionId),
    );
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowStagesResolver {
  constructor(private readonly reads: StageReads) {}

  @ResolveField(() => [Stage], { description: 'In the order of the rollout' })
  stages(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id);
  }
}
