import { Global, Module } from '@nestjs/common';
import { ChangeFeed } from '../events/change-feed.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import { Door } from './door.js';
import { LockBudget } from './lock-budget.js';

@Global()
@Module({ providers: [Door, LockBudget, ChangeFeed, OutboxRelay], exports: [Door, LockBudget, ChangeFeed] })
export class DoorModule {}
