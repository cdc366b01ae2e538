import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor } from '../../platform/graphql/context.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { AsOfReads } from './as-of.reads.js';
import { LiveFilter, LivePointer, LivePointerConnection } from './as-of.types.js';

/** What was live when. An interval is half-open: a pointer that ends at an instant is not live at it. */
@Resolver()
export class AsOfResolver {
  constructor(private readonly reads: AsOfReads) {}

  @Query(() => LivePointer, {
    nullable: true,
    description: 'The pointer of one stage at an instant; null where nothing was live there',
  })
  @Permit('registry.read')
  stageAt(
    @Args('workflowId', { type: () => ID }) workflowId: string,
    @Args('stageKey') stageKey: string,
    @Args('at', { type: () => Date }) at: Date,
    @CurrentActor() actor: Actor,
  ) {
    return this.reads.stageAt(actor, workflowId, stageKey, at);
  }

  @Query(() => LivePointerConnection, {
    description:
      'Everything live at an instant that has come, and what lay where nothing was; now where none is given',
  })
  @Permit('registry.read')
  asOf(
    @Args() args: ConnectionArgs,
    @CurrentActor() actor: Actor,
    @Args('at', { type: () => Date, nullable: true }) at?: Date | null,
    @Args('filter', { type: () => LiveFilter, nullable: true }) filter?: LiveFilter | null,
  ) {
    return this.reads.asOf(actor, at ?? null, filter ?? {}, args);
  }

  @Query(() => LivePointerConnection, {
    description:
      'Everything live at some time of an interval, each with what ended it, and what lay where nothing was',
  })
  @Permit('registry.read')
  liveBetween(
    @Args() args: ConnectionArgs,
    @CurrentActor() actor: Actor,
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date, nullable: true, description: 'Excluded; now where none is given' })
    to?: Date | null,
    @Args('filter', { type: () => LiveFilter, nullable: true }) filter?: LiveFilter | null,
  ) {
    return this.reads.between(actor, { from, to: to ?? null }, filter ?? {}, args);
  }
}
