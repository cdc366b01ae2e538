import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { TeamReads } from '../team/team.reads.js';
import { Team } from '../team/team.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { mayManage } from './key-rights.domain.js';
import { isUsable } from './key.domain.js';
import { ApiKey } from './key.types.js';

@Resolver(() => ApiKey)
@Permit('key.read')
export class KeyFieldsResolver {
  constructor(
    private readonly people: PersonReads,
    private readonly teamReads: TeamReads,
    private readonly workflowReads: WorkflowReads,
  ) {}

  @ResolveField(() => User, { description: 'Who made it, and answers for what it does' })
  createdBy(@Parent() key: ApiKey, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, key.createdById);
  }

  @ResolveField(() => [Team])
  teams(@Parent() key: ApiKey, @CurrentLoaders() loaders: Loaders) {
    return Promise.all(key.teamIds.map((id) => this.teamReads.must(loaders, id)));
  }

  @ResolveField(() => [Workflow], { description: 'Single workflows besides those of its teams' })
  async workflows(@Parent() key: ApiKey, @CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    const found = await Promise.all(key.workflowIds.map((id) => this.workflowReads.load(loaders, actor, id)));
    return found.filter((workflow) => workflow !== null);
  }

  @ResolveField(() => Boolean)
  async viewerCanRevoke(
    @Parent() key: ApiKey,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return isUsable(key.state) && mayManage(actor, await this.teamsOf(loaders, key));
  }

  @ResolveField(() => Boolean)
  async viewerCanRotate(
    @Parent() key: ApiKey,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return key.state === 'active' && mayManage(actor, await this.teamsOf(loaders, key));
  }

  private async teamsOf(loaders: Loaders, key: ApiKey): Promise<string[]> {
    const workflows = await Promise.all(key.workflowIds.map((id) => this.workflowReads.must(loaders, id)));
    return [...key.teamIds, ...workflows.map((workflow) => workflow.teamId)];
  }
}

@Resolver(() => Team)
@Permit('registry.read')
export class TeamKeysResolver {
  @ResolveField(() => Boolean, {
    description: 'Whether the viewer makes, rotates and revokes keys of this team',
  })
  viewerCanManageKeys(@Parent() team: Team, @CurrentActor() actor: Actor) {
    return can(actor, 'key.manage', { teamId: team.id });
  }

  @ResolveField(() => Boolean)
  viewerCanSeeKeys(@Parent() team: Team, @CurrentActor() actor: Actor) {
    return can(actor, 'key.read', { teamId: team.id });
  }
}
