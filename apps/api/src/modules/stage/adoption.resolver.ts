import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { AdoptionReads } from './adoption.reads.js';
import { AdoptionService } from './adoption.service.js';
import { Adoption } from './adoption.types.js';
import { WorkflowAdoptInput, WorkflowAdoptPayload } from './stage.inputs.js';

@Resolver(() => Adoption)
@Permit('registry.read')
export class AdoptionResolver {
  constructor(
    private readonly reads: AdoptionReads,
    private readonly adoptions: AdoptionService,
    private readonly releases: ReleaseReads,
    private readonly people: PersonReads,
  ) {}

  @ResolveField(() => Release)
  release(@Parent() adoption: Adoption, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, adoption.releaseId);
  }

  @ResolveField(() => User)
  adoptedBy(@Parent() adoption: Adoption, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, adoption.adoptedById);
  }

  @Mutation(() => WorkflowAdoptPayload)
  @Permit('workflow.adopt')
  workflowAdopt(
    @Args('input') input: WorkflowAdoptInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('adoption', async () =>
      this.reads.byId((await this.adoptions.adopt(actor, requestId, input)).adoptionId),
    );
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowAdoptionResolver {
  constructor(private readonly reads: AdoptionReads) {}

  @ResolveField(() => Adoption, { nullable: true, description: 'Where it was live before it came here' })
  adoption(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id);
  }
}
