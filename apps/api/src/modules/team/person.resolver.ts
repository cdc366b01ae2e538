import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import {
  OrganisationRoleGrantInput,
  OrganisationRoleGrantPayload,
  OrganisationRoleRevokeInput,
  OrganisationRoleRevokePayload,
  UserCreateInput,
  UserCreatePayload,
} from './person.inputs.js';
import { PersonReads } from './person.reads.js';
import { PersonService } from './person.service.js';
import { ActorKindEnum, OrganisationRoleEnum, TeamMembership, User, UserConnection } from './person.types.js';

@Resolver(() => User)
@Permit('registry.read')
export class PersonResolver {
  constructor(
    private readonly service: PersonService,
    private readonly reads: PersonReads,
  ) {}

  @Query(() => UserConnection)
  @Permit('person.read')
  users(
    @Args() args: ConnectionArgs,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ) {
    return this.reads.page(args, search ?? null);
  }

  @ResolveField(() => ActorKindEnum)
  kind(@Parent() user: User) {
    return user.kind ?? 'user';
  }

  @ResolveField(() => [OrganisationRoleEnum])
  organisationRoles(@Parent() user: User, @CurrentLoaders() loaders: Loaders) {
    return this.reads.rolesOf(loaders, user.id);
  }

  @ResolveField(() => [TeamMembership])
  memberships(@Parent() user: User, @CurrentLoaders() loaders: Loaders) {
    return this.reads.membershipsOf(loaders, user.id);
  }

  @Mutation(() => UserCreatePayload)
  @Permit('organisation.manage')
  userCreate(
    @Args('input') input: UserCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.create(actor, requestId, input)).userId),
    );
  }

  @Mutation(() => OrganisationRoleGrantPayload)
  @Permit('organisation.manage')
  organisationRoleGrant(
    @Args('input') input: OrganisationRoleGrantInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.grantRole(actor, requestId, input)).userId),
    );
  }

  @Mutation(() => OrganisationRoleRevokePayload)
  @Permit('organisation.manage')
  organisationRoleRevoke(
    @Args('input') input: OrganisationRoleRevokeInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.revokeRole(actor, requestId, input)).userId),
    );
  }
}
