import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Team } from '../team/team.types.js';
import { TeamWorkflowsReads } from './team-workflows.reads.js';
import { WorkflowConnection } from './workflow.types.js';

@Resolver(() => Team)
@Permit('registry.read')
export class TeamWorkflowsResolver {
  constructor(private readonly reads: TeamWorkflowsReads) {}

  @ResolveField(() => WorkflowConnection)
  workflows(
    @Parent() team: Team,
    @Args() args: ConnectionArgs,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.ofTeam(loaders, actor, team.id, args);
  }
}
