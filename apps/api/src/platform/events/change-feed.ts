import { EventEmitter, on } from 'node:events';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import type { ChangeEvent } from './change-event.js';

const channel = 'holdpoint_changed';

/** Committed changes, here and from other replicas. A lost one heals through the outbox. */
@Injectable()
export class ChangeFeed implements OnModuleInit, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly origin = uuidv7();
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopListening: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'changes' });
  }

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.database.listen(channel, (text) => {
      const { origin, event } = JSON.parse(text) as { origin: string; event: ChangeEvent };
      if (origin !== this.origin) this.emitter.emit('change', event);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.emitter.emit('closed');
    await this.stopListening?.();
  }

  /** To be called after the commit: NOTIFY inside a transaction takes a lock on the whole database. */
  publish(event: ChangeEvent): void {
    this.emitter.emit('change', event);
    this.database.notify(channel, JSON.stringify({ origin: this.origin, event })).catch((error: unknown) => {
      this.log.warn({ error }, 'other replicas were not told of a change; the outbox will');
    });
  }

  /** Changes from now on, until `return` is called or the service stops. */
  stream(accept: (event: ChangeEvent) => boolean): AsyncIterableIterator<ChangeEvent> {
    const source = on(this.emitter, 'change', { close: ['closed'] });
    const stream: AsyncIterableIterator<ChangeEvent> = {
      next: async () => {
        for (;;) {
          const { done, value } = (await source.next()) as IteratorResult<[ChangeEvent], undefined>;
          if (done) return { done: true, value: undefined };
          if (accept(value[0])) return { done: false, value: value[0] };
        }
      },
      return: async () => {
        await source.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => stream,
    };
    return stream;
  }
}
