import { Global, Module } from '@nestjs/common';
import { ChangeFeed } from '../events/change-feed.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import { ServedFeed } from '../events/served-feed.js';
import { Door } from './door.js';
import { DoorClock } from './door-clock.js';
import { LockBudget } from './lock-budget.js';

@Global()
@Module({
  providers: [Door, DoorClock, LockBudget, ChangeFeed, OutboxRelay, ServedFeed],
  exports: [Door, DoorClock, LockBudget, ChangeFeed, OutboxRelay, ServedFeed],
})
export class DoorModule {}
