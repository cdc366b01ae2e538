import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { OperatingReads } from './operating.reads.js';
import { OperatingService } from './operating.service.js';
import { OperatingRecord, OperatingRecordSaveInput, OperatingRecordSavePayload } from './operating.types.js';
import { Workflow } from './workflow.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowOperatingResolver {
  constructor(
    private readonly service: OperatingService,
    private readonly reads: OperatingReads,
  ) {}

  @ResolveField(() => OperatingRecord, { nullable: true })
  operating(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.latest(loaders, workflow.id);
  }

  @Mutation(() => OperatingRecordSavePayload)
  @Permit('workflow.edit')
  operatingRecordSave(
    @Args('input') input: OperatingRecordSaveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('operating', async () => {
      const { workflowId } = await this.service.save(actor, requestId, input);
      return this.reads.latest(loaders, workflowId);
    });
  }
}

@Resolver(() => OperatingRecord)
@Permit('registry.read')
export class OperatingRecordResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  author(@Parent() record: OperatingRecord, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, record.authorId);
  }
}
