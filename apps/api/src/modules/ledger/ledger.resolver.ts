import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { actInWords } from './act-in-words.domain.js';
import { ChainVerifier } from './chain-verifier.service.js';
import { LedgerReads } from './ledger.reads.js';
import { LedgerEntry, LedgerEntryConnection, LedgerFilter, LedgerVerification } from './ledger.types.js';

@Resolver(() => LedgerEntry)
@Permit('registry.read')
export class LedgerResolver {
  constructor(
    private readonly reads: LedgerReads,
    private readonly verifier: ChainVerifier,
    private readonly people: PersonReads,
  ) {}

  @Query(() => LedgerEntryConnection, { description: 'Every act, newest first' })
  @Permit('registry.read')
  ledger(
    @Args() args: ConnectionArgs,
    @CurrentActor() actor: Actor,
    @Args('filter', { type: () => LedgerFilter, nullable: true }) filter?: LedgerFilter | null,
  ) {
    return this.reads.page(actor, args, filter ?? {});
  }

  @Query(() => LedgerVerification, {
    description: 'Follows one chain from its first entry and names what is wrong first',
  })
  @Permit('registry.read')
  ledgerVerify(@CurrentActor() actor: Actor, @Args('chain') chain: string) {
    return this.verifier.verify(actor, chain);
  }

  @ResolveField(() => User, { nullable: true, description: 'Null for the service itself' })
  actor(@Parent() entry: LedgerEntry, @CurrentLoaders() loaders: Loaders) {
    return this.people.load(loaders, entry.actorId);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Free text, kept beside the entry and erasable',
  })
  reason(@Parent() entry: LedgerEntry, @CurrentLoaders() loaders: Loaders) {
    return this.reads.reason(loaders, entry.id);
  }

  @ResolveField(() => String, { description: 'The act in words' })
  summary(@Parent() entry: LedgerEntry) {
    return actInWords(entry.act);
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowActivityResolver {
  constructor(private readonly reads: LedgerReads) {}

  @ResolveField(() => LedgerEntryConnection, { description: 'Every act of this workflow, newest first' })
  activity(@Parent() workflow: Workflow, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id, args);
  }
}
