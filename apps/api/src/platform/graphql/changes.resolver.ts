import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { seenChanges } from '../events/seen-changes.js';
import type { ChangeEvent } from '../events/change-event.js';
import { ChangeFeed } from '../events/change-feed.js';
import type { Actor } from '../identity/actor.js';
import { RequestActors } from '../identity/request-actors.js';
import { Permit } from '../permissions/permit.js';
import { ChangeEventType } from './change-event.types.js';
import { CurrentActor } from './context.js';

@Resolver()
export class ChangesResolver {
  constructor(
    private readonly changes: ChangeFeed,
    private readonly actors: RequestActors,
  ) {}

  @Subscription(() => ChangeEventType, {
    description: 'Every committed change, or those of one workflow; over server-sent events',
    resolve: (event: ChangeEvent) => ({ ...event, at: new Date(event.at) }),
  })
  @Permit('registry.read')
  changed(
    @CurrentActor() actor: Actor,
    @Args('workflowId', { type: () => ID, nullable: true }) workflowId?: string,
  ): AsyncIterableIterator<ChangeEvent> {
    const stream = this.changes.stream((event) => !workflowId || event.workflowId === workflowId);
    return seenChanges(stream, actor, () => this.actors.again(actor));
  }
}
