import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { LedgerEntryReads } from './ledger-entry.reads.js';
import { LedgerEntry } from './ledger.types.js';
import { ReasonErasure } from './reason-erasure.service.js';
import { LedgerReasonEraseInput, LedgerReasonErasePayload } from './reason-erasure.types.js';

@Resolver(() => LedgerEntry)
@Permit('registry.read')
export class ReasonErasureResolver {
  constructor(
    private readonly service: ReasonErasure,
    private readonly reads: LedgerEntryReads,
  ) {}

  @Mutation(() => LedgerReasonErasePayload, {
    description:
      'Erases the free text beside an entry for good; the entry keeps its hash, and the chain stays whole',
  })
  @Permit('ledger.erase')
  ledgerReasonErase(
    @Args('input') input: LedgerReasonEraseInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('entry', async () => {
      const { entryId } = await this.service.erase(actor, requestId, input);
      return this.reads.load(loaders, entryId);
    });
  }
}
