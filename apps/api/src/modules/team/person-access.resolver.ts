import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonAccessReads } from './person-access.reads.js';
import { PersonAccessService } from './person-access.service.js';
import {
  HeldRole,
  PersonDisableInput,
  PersonDisablePayload,
  PersonEnableInput,
  PersonEnablePayload,
  PersonResetLinkCreateInput,
  PersonResetLinkCreatePayload,
} from './person-access.types.js';
import { PersonReads } from './person.reads.js';
import { User } from './person.types.js';

@Resolver(() => User)
@Permit('registry.read')
export class PersonAccessResolver {
  constructor(
    private readonly service: PersonAccessService,
    private readonly reads: PersonReads,
    private readonly access: PersonAccessReads,
  ) {}

  @ResolveField(() => Boolean, { description: 'Whether the person may not sign in any more' })
  disabled(@Parent() user: User, @CurrentLoaders() loaders: Loaders) {
    return this.access.isDisabled(loaders, user.id);
  }

  @ResolveField(() => [HeldRole], { description: 'Roles for the whole organisation, and who gave them' })
  heldRoles(@Parent() user: User, @CurrentLoaders() loaders: Loaders) {
    return this.access.rolesOf(loaders, user.id);
  }

  @Mutation(() => PersonDisablePayload)
  @Permit('organisation.manage')
  personDisable(
    @Args('input') input: PersonDisableInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.disable(actor, requestId, input)).userId),
    );
  }

  @Mutation(() => PersonEnablePayload)
  @Permit('organisation.manage')
  personEnable(
    @Args('input') input: PersonEnableInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.enable(actor, requestId, input)).userId),
    );
  }

  @Mutation(() => PersonResetLinkCreatePayload, {
    description: 'A link by which a person sets a new password',
  })
  @Permit('organisation.manage')
  personResetLinkCreate(
    @Args('input') input: PersonResetLinkCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('link', () => this.service.resetLink(actor, requestId, input));
  }
}
