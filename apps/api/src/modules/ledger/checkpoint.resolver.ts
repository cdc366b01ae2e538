import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { CheckpointReads } from './checkpoint.reads.js';
import { CheckpointService } from './checkpoint.service.js';
import {
  LedgerCheckpoint,
  LedgerCheckpointConnection,
  LedgerCheckpointCreateInput,
  LedgerCheckpointCreatePayload,
  LedgerProof,
} from './checkpoint.types.js';

@Resolver(() => LedgerCheckpoint)
@Permit('registry.read')
export class CheckpointResolver {
  constructor(
    private readonly reads: CheckpointReads,
    private readonly service: CheckpointService,
  ) {}

  @Query(() => LedgerCheckpointConnection, { description: 'Newest first' })
  @Permit('ledger.export')
  ledgerCheckpoints(@Args() args: ConnectionArgs, @CurrentActor() actor: Actor) {
    return this.reads.page(actor, args);
  }

  @Query(() => LedgerProof)
  @Permit('ledger.export')
  ledgerProof(@CurrentActor() actor: Actor) {
    return this.reads.proof(actor);
  }

  @Mutation(() => LedgerCheckpointCreatePayload, {
    description:
      'Signs now where every chain stands; where none has grown, the last checkpoint covers everything already',
  })
  @Permit('ledger.checkpoint')
  ledgerCheckpointCreate(@Args('input') _input: LedgerCheckpointCreateInput, @CurrentActor() actor: Actor) {
    return answer('checkpoint', async () => {
      await this.service.create();
      return this.reads.last(actor);
    });
  }
}
