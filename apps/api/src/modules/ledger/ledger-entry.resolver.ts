import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { KeyNameReads } from '../key/key-name.reads.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { CheckpointReads } from './checkpoint.reads.js';
import { LedgerCheckpoint } from './checkpoint.types.js';
import { LedgerEntryReads } from './ledger-entry.reads.js';
import { LedgerActorKey, LedgerEntry } from './ledger.types.js';

/** One entry: its place in the chain, and who answers for it. */
@Resolver(() => LedgerEntry)
@Permit('registry.read')
export class LedgerEntryResolver {
  constructor(
    private readonly reads: LedgerEntryReads,
    private readonly people: PersonReads,
    private readonly keys: KeyNameReads,
    private readonly checkpoints: CheckpointReads,
  ) {}

  @Query(() => LedgerEntry, { nullable: true })
  @Permit('registry.read')
  ledgerEntry(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.visible(loaders, actor, id);
  }

  @ResolveField(() => LedgerEntry, { nullable: true, description: 'The entry before it in its chain' })
  previous(
    @Parent() { chain, seq }: LedgerEntry,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.at(loaders, actor, { chain, seq: seq - 1 });
  }

  @ResolveField(() => LedgerEntry, { nullable: true, description: 'The entry after it in its chain' })
  next(
    @Parent() { chain, seq }: LedgerEntry,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.at(loaders, actor, { chain, seq: seq + 1 });
  }

  @ResolveField(() => Workflow, {
    nullable: true,
    description: 'Whose chain it is; null for that of the organisation',
  })
  workflow(@Parent() entry: LedgerEntry, @CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return this.reads.workflowOf(loaders, actor, entry);
  }

  @ResolveField(() => [User], { description: 'The persons who answer for it; none for the service itself' })
  responsible(@Parent() entry: LedgerEntry, @CurrentLoaders() loaders: Loaders) {
    return this.people.many(loaders, this.reads.responsibleIds(entry));
  }

  @ResolveField(() => Date, { nullable: true, description: 'When the free text beside it was erased' })
  async reasonErasedAt(@Parent() entry: LedgerEntry, @CurrentLoaders() loaders: Loaders) {
    return (await this.reads.reasonBeside(loaders, entry.id))?.erasedAt ?? null;
  }

  @ResolveField(() => LedgerActorKey, {
    nullable: true,
    description: 'The API key that was used; null for a person',
  })
  actorKey(@Parent() { actorId, actorKind }: LedgerEntry, @CurrentLoaders() loaders: Loaders) {
    return actorKind === 'service' || actorKind === 'agent' ? this.keys.load(loaders, actorId) : null;
  }

  @ResolveField(() => LedgerCheckpoint, {
    nullable: true,
    description: 'The first checkpoint that covers it; null while none does',
  })
  checkpoint(
    @Parent() { chain, seq }: LedgerEntry,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.checkpoints.covering(loaders, actor, { chain, seq });
  }
}
