import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders, MaybeActor } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { permissions, type Permission } from '../../platform/permissions/permission-table.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from './person.reads.js';
import { TeamMembership, Viewer } from './person.types.js';
import { TeamReads } from './team.reads.js';
import { Team } from './team.types.js';

@Resolver(() => Viewer)
@Permit('registry.read')
export class ViewerResolver {
  constructor(private readonly people: PersonReads) {}

  @Query(() => Viewer, { nullable: true, description: 'Who is signed in; null without a session' })
  @Permit('session.self')
  async viewer(
    @MaybeActor() actor: Actor | null,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<Viewer | null> {
    if (!actor) return null;
    return {
      user: await this.people.must(loaders, actor.id),
      organisationRoles: actor.organisationRoles,
      memberships: actor.memberships,
      permissions: (Object.keys(permissions) as Permission[]).filter((permission) => can(actor, permission)),
    };
  }
}

@Resolver(() => TeamMembership)
@Permit('registry.read')
export class TeamMembershipResolver {
  constructor(private readonly teams: TeamReads) {}

  @ResolveField(() => Team)
  team(@Parent() membership: TeamMembership, @CurrentLoaders() loaders: Loaders) {
    return this.teams.must(loaders, membership.teamId);
  }
}
