import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, RequestId } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import {
  KeyCreateInput,
  KeyCreatePayload,
  KeyListArgs,
  KeyRevokeInput,
  KeyRevokePayload,
  KeyRotateInput,
  KeyRotatePayload,
} from './key.inputs.js';
import { KeyReads } from './key.reads.js';
import { KeyService, type MadeKey } from './key.service.js';
import { ApiKey, ApiKeyConnection } from './key.types.js';

@Resolver(() => ApiKey)
@Permit('key.read')
export class KeyResolver {
  constructor(
    private readonly reads: KeyReads,
    private readonly service: KeyService,
  ) {}

  @Query(() => ApiKeyConnection, { description: 'Newest first; of all teams, or of those of the viewer' })
  @Permit('key.read')
  keys(@Args() args: KeyListArgs, @CurrentActor() actor: Actor) {
    return this.reads.page(actor, args, args.filter ?? {});
  }

  @Query(() => ApiKey, { nullable: true })
  @Permit('key.read')
  key(@Args('id', { type: () => ID }) id: string, @CurrentActor() actor: Actor) {
    return this.reads.byId(actor, id);
  }

  @Mutation(() => KeyCreatePayload)
  @Permit('key.manage')
  keyCreate(
    @Args('input') input: KeyCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.withSecret(actor, () => this.service.create(actor, requestId, input));
  }

  @Mutation(() => KeyRotatePayload, { description: 'A new secret under the same terms' })
  @Permit('key.manage')
  keyRotate(
    @Args('input') input: KeyRotateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.withSecret(actor, () => this.service.rotate(actor, requestId, input));
  }

  @Mutation(() => KeyRevokePayload, { description: 'Holds from the next request' })
  @Permit('key.manage')
  keyRevoke(
    @Args('input') input: KeyRevokeInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('key', async () =>
      this.reads.byId(actor, (await this.service.revoke(actor, requestId, input)).keyId),
    );
  }

  private async withSecret(actor: Actor, make: () => Promise<MadeKey>) {
    const { made, userErrors } = await answer('made', make);
    if (!made) return { key: null, secret: null, userErrors };
    return { key: await this.reads.byId(actor, made.keyId), secret: made.secret, userErrors };
  }
}
