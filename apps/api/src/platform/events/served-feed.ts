import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';

const channel = 'holdpoint_served';

/** What a workflow serves has changed; nothing of what it is now. */
export interface ServedChange {
  workflowId: string;
  incarnation: number;
  epoch: number;
}

type Listener = (change: ServedChange) => Promise<void>;

/** Committed changes of what is served, here and from other replicas. A lost one heals by polling. */
@Injectable()
export class ServedFeed implements OnModuleInit, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly listeners = new Set<Listener>();
  private stopListening: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'served' });
  }

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.database.listen(channel, (text) => {
      void this.tell(JSON.parse(text) as ServedChange);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopListening?.();
  }

  /**
   * To be called after the commit: NOTIFY inside a transaction takes a lock on the whole database. Other replicas are
   * told first; once it is over, this one serves the change. Never fails: what could not be told is polled for.
   */
  async changed(change: ServedChange): Promise<void> {
    this.database.notify(channel, JSON.stringify(change)).catch((error: unknown) => {
      this.log.warn(
        { error },
        'other replicas were not told of a change of what is served; they poll for it',
      );
    });
    await this.tell(change);
  }

  /** @returns a function that stops the listening. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async tell(change: ServedChange): Promise<void> {
    for (const told of await Promise.allSettled([...this.listeners].map((listener) => listener(change))))
      if (told.status === 'rejected')
        this.log.warn({ error: told.reason as unknown, ...change }, 'a change is not served here yet');
  }
}
