import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { TeamReads } from '../team/team.reads.js';
import { Team } from '../team/team.types.js';
import {
  PromptCreateInput,
  PromptCreatePayload,
  PromptVersionCreateInput,
  PromptVersionCreatePayload,
} from './prompt.inputs.js';
import { PromptReads } from './prompt.reads.js';
import { PromptService } from './prompt.service.js';
import { Prompt, PromptConnection, PromptVersion, PromptVersionConnection } from './prompt.types.js';

@Resolver(() => Prompt)
@Permit('registry.read')
export class PromptResolver {
  constructor(
    private readonly service: PromptService,
    private readonly reads: PromptReads,
    private readonly teams: TeamReads,
  ) {}

  @Query(() => PromptConnection)
  @Permit('registry.read')
  prompts(
    @Args() args: ConnectionArgs,
    @Args('teamId', { type: () => ID, nullable: true }) teamId?: string | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ) {
    return this.reads.page(args, { teamId, search });
  }

  @Query(() => Prompt, { nullable: true })
  @Permit('registry.read')
  prompt(@Args('id', { type: () => ID }) id: string) {
    return this.reads.prompt(id);
  }

  @ResolveField(() => Team)
  team(@Parent() prompt: Prompt, @CurrentLoaders() loaders: Loaders) {
    return this.teams.must(loaders, prompt.teamId);
  }

  @ResolveField(() => PromptVersion, { nullable: true })
  latestVersion(@Parent() prompt: Prompt, @CurrentLoaders() loaders: Loaders) {
    return this.reads.latest(loaders, prompt);
  }

  @ResolveField(() => PromptVersionConnection)
  versions(@Parent() prompt: Prompt, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.reads.versions(loaders, prompt.id, args);
  }

  @ResolveField(() => Boolean)
  viewerCanEdit(@Parent() prompt: Prompt, @CurrentActor() actor: Actor) {
    return can(actor, 'prompt.edit', { teamId: prompt.teamId });
  }

  @Mutation(() => PromptCreatePayload)
  @Permit('prompt.edit')
  promptCreate(
    @Args('input') input: PromptCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('prompt', async () =>
      this.reads.prompt((await this.service.create(actor, requestId, input)).promptId),
    );
  }

  @Mutation(() => PromptVersionCreatePayload, {
    description: 'Changes no workflow: the version is offered to those that use the prompt',
  })
  @Permit('prompt.edit')
  promptVersionCreate(
    @Args('input') input: PromptVersionCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('promptVersion', async () =>
      this.reads.version((await this.service.createVersion(actor, requestId, input)).promptVersionId),
    );
  }
}
