import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import type { ChangeEvent } from '../events/change-event.js';
import { ChangeFeed } from '../events/change-feed.js';
import type { Actor } from '../identity/actor.js';
import { maySee } from '../permissions/visibility.js';
import { Permit } from '../permissions/permit.js';
import { ChangeEventType } from './change-event.types.js';
import { CurrentActor } from './context.js';

@Resolver()
export class ChangesResolver {
  constructor(private readonly changes: ChangeFeed) {}

  @Subscription(() => ChangeEventType, {
    description: 'Every committed change, or those of one workflow; over server-sent events',
    resolve: (event: ChangeEvent) => ({ ...event, at: new Date(event.at) }),
  })
  @Permit('registry.read')
  changed(
    @CurrentActor() actor: Actor,
    @Args('workflowId', { type: () => ID, nullable: true }) workflowId?: string,
  ): AsyncIterableIterator<ChangeEvent> {
    return this.changes.stream(
      (event) =>
        (!workflowId || event.workflowId === workflowId) &&
        (event.restrictedToTeamId === null ||
          maySee(actor, { restricted: true, teamId: event.restrictedToTeamId })),
    );
  }
}
