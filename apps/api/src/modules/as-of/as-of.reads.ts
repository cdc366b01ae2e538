import { Injectable } from '@nestjs/common';
import { DoorClock } from '../../platform/door/door-clock.js';
import { pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { liveFilter } from './as-of.schema.js';
import type { LivePointer, LivePointerConnection } from './as-of.types.js';
import { cursorOf, LiveReads } from './live.reads.js';
import { instantWindow, intervalWindow, type TimeWindow } from './time-window.domain.js';

/** What was live when, as far as the actor may see it. Unknown, hidden and empty are all answered alike. */
@Injectable()
export class AsOfReads {
  constructor(
    private readonly live: LiveReads,
    private readonly clock: DoorClock,
  ) {}

  /** @throws Refusal INVALID_INPUT for an instant that has not come. */
  async stageAt(actor: Actor, workflowId: string, stageKey: string, at: Date): Promise<LivePointer | null> {
    const window = instantWindow(at, this.clock.now());
    if (!isUuid(workflowId)) return null;
    const one = { take: 1, after: null };
    const [found] = await this.live.following(actor, window, { workflowId, stageKey }, one);
    return found?.releaseId ? found : null;
  }

  /** @throws Refusal INVALID_INPUT for an instant that has not come. */
  asOf(actor: Actor, at: Date | null, filter: unknown, args: ConnectionArgs): Promise<LivePointerConnection> {
    return this.page(actor, instantWindow(at, this.clock.now()), filter, args);
  }

  /** @throws Refusal INVALID_INPUT for an interval that ends in time to come, or before it begins. */
  between(
    actor: Actor,
    { from, to }: TimeWindow,
    filter: unknown,
    args: ConnectionArgs,
  ): Promise<LivePointerConnection> {
    return this.page(actor, intervalWindow(from, to, this.clock.now()), filter, args);
  }

  private async page(actor: Actor, window: TimeWindow, rawFilter: unknown, args: ConnectionArgs) {
    const page = pageOf(args);
    const { rows, total } = await this.live.page(actor, window, parse(liveFilter, rawFilter, 'filter'), page);
    return { ...toConnection(rows, page, total, cursorOf), ...window };
  }
}
