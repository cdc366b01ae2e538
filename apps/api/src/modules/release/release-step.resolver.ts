import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ModelReads } from '../model/model.reads.js';
import { ModelConfigVersion } from '../model/model.types.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { Prompt, PromptVersion } from '../prompt/prompt.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { PromptUsersReads } from './prompt-users.reads.js';
import { ReleaseReads } from './release.reads.js';
import { Release, ReleaseConnection, ReleaseStep } from './release.types.js';

@Resolver(() => ReleaseStep)
@Permit('registry.read')
export class ReleaseStepResolver {
  constructor(
    private readonly prompts: PromptReads,
    private readonly models: ModelReads,
  ) {}

  @ResolveField(() => PromptVersion)
  promptVersion(@Parent() step: ReleaseStep, @CurrentLoaders() loaders: Loaders) {
    return this.prompts.loadVersion(loaders, step.promptVersionId);
  }

  @ResolveField(() => ModelConfigVersion)
  modelConfigVersion(@Parent() step: ReleaseStep, @CurrentLoaders() loaders: Loaders) {
    return this.models.loadVersion(loaders, step.modelConfigVersionId);
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowReleasesResolver {
  constructor(private readonly reads: ReleaseReads) {}

  @ResolveField(() => ReleaseConnection)
  releases(@Parent() workflow: Workflow, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id, args);
  }

  @ResolveField(() => Release, { nullable: true })
  latestRelease(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.latest(loaders, workflow.id);
  }
}

@Resolver(() => Prompt)
@Permit('registry.read')
export class PromptUsersResolver {
  constructor(private readonly reads: PromptUsersReads) {}

  @ResolveField(() => [Workflow], { description: 'Workflows that have a release with this prompt' })
  usedBy(@Parent() prompt: Prompt, @CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return this.reads.usersOf(loaders, actor, prompt.id);
  }
}
