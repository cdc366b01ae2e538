import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from './person.reads.js';
import { User } from './person.types.js';
import {
  TeamCreateInput,
  TeamCreatePayload,
  TeamMemberAddInput,
  TeamMemberAddPayload,
  TeamMemberRemoveInput,
  TeamMemberRemovePayload,
  TeamUpdateInput,
  TeamUpdatePayload,
} from './team.inputs.js';
import { TeamReads } from './team.reads.js';
import { TeamService } from './team.service.js';
import { Team, TeamConnection, TeamMember } from './team.types.js';

@Resolver(() => Team)
@Permit('registry.read')
export class TeamResolver {
  constructor(
    private readonly service: TeamService,
    private readonly reads: TeamReads,
  ) {}

  @Query(() => TeamConnection)
  @Permit('registry.read')
  teams(@Args() args: ConnectionArgs) {
    return this.reads.page(args);
  }

  @Query(() => Team, { nullable: true })
  @Permit('registry.read')
  team(
    @Args('id', { type: () => ID, nullable: true }) id?: string | null,
    @Args('key', { type: () => String, nullable: true }) key?: string | null,
  ) {
    return this.reads.find({ id, key });
  }

  @ResolveField(() => [TeamMember])
  members(@Parent() team: Team, @CurrentLoaders() loaders: Loaders) {
    return this.reads.members(loaders, team.id);
  }

  @ResolveField(() => Boolean)
  viewerCanManage(@Parent() team: Team, @CurrentActor() actor: Actor) {
    return can(actor, 'team.manage', { teamId: team.id });
  }

  @Mutation(() => TeamCreatePayload)
  @Permit('team.create')
  teamCreate(
    @Args('input') input: TeamCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('team', async () =>
      this.reads.find({ id: (await this.service.create(actor, requestId, input)).teamId }),
    );
  }

  @Mutation(() => TeamUpdatePayload)
  @Permit('team.manage')
  teamUpdate(
    @Args('input') input: TeamUpdateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('team', async () =>
      this.reads.find({ id: (await this.service.update(actor, requestId, input)).teamId }),
    );
  }

  @Mutation(() => TeamMemberAddPayload)
  @Permit('team.manage')
  teamMemberAdd(
    @Args('input') input: TeamMemberAddInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('team', async () =>
      this.reads.find({ id: (await this.service.addMember(actor, requestId, input)).teamId }),
    );
  }

  @Mutation(() => TeamMemberRemovePayload)
  @Permit('team.manage')
  teamMemberRemove(
    @Args('input') input: TeamMemberRemoveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('team', async () =>
      this.reads.find({ id: (await this.service.removeMember(actor, requestId, input)).teamId }),
    );
  }
}

@Resolver(() => TeamMember)
@Permit('registry.read')
export class TeamMemberResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  user(@Parent() member: TeamMember, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, member.userId);
  }
}
