import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, RequestId } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonErasureService } from './person-erasure.service.js';
import { PersonEraseInput, PersonErasePayload } from './person-erasure.types.js';
import { PersonReads } from './person.reads.js';
import { User } from './person.types.js';

@Resolver(() => User)
@Permit('registry.read')
export class PersonErasureResolver {
  constructor(
    private readonly service: PersonErasureService,
    private readonly reads: PersonReads,
  ) {}

  @Mutation(() => PersonErasePayload, {
    description:
      'Takes a person’s name, address and ways to sign in away for good; what they did stays under their id',
  })
  @Permit('ledger.erase')
  personErase(
    @Args('input') input: PersonEraseInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('user', async () =>
      this.reads.byId((await this.service.erase(actor, requestId, input)).userId),
    );
  }
}
