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
  LedgerExportEstimate,
  LedgerProof,
} from './checkpoint.types.js';
import { ExportPlanReads } from './export-plan.reads.js';

@Resolver(() => LedgerCheckpoint)
@Permit('registry.read')
export class CheckpointResolver {
  constructor(
    private readonly reads: CheckpointReads,
    private readonly service: CheckpointService,
    private readonly plans: ExportPlanReads,
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

  @Query(() => LedgerExportEstimate, { description: 'For the arguments that GET /ledger/export takes' })
  @Permit('ledger.export')
  async ledgerExportEstimate(
    @CurrentActor() actor: Actor,
    @Args('chain', { type: () => String, nullable: true }) chain?: string | null,
    @Args('from', { type: () => Date, nullable: true }) from?: Date | null,
    @Args('to', { type: () => Date, nullable: true }) to?: Date | null,
  ): Promise<LedgerExportEstimate> {
    const asked = { chain: chain ?? undefined, from: from ?? undefined, to: to ?? undefined };
    const { tail, ...plan } = await this.plans.plan(actor, { ...asked, reasons: 'true' });
    return { ...plan, uncovered: tail.reduce((sum, range) => sum + range.upTo - range.after, 0) };
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
