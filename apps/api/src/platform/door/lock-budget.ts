import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../http/logger.js';

/** No transaction holds a workflow's lock longer than this, in milliseconds. */
export const lockBudgetMs = 250;

/** Watches how long acts hold their lock; observers (a test, a metric) may listen. */
@Injectable()
export class LockBudget {
  private readonly log: Logger;
  private readonly observers = new Set<(mutation: string, heldMs: number) => void>();

  constructor(@Inject(LOGGER) logger: Logger) {
    this.log = logger.child({ part: 'door' });
  }

  observe(mutation: string, heldMs: number): void {
    if (heldMs > lockBudgetMs)
      this.log.warn({ mutation, heldMs: Math.round(heldMs) }, 'lock held over its budget');
    for (const observer of this.observers) observer(mutation, heldMs);
  }

  /** @returns a function that stops the listening. */
  listen(observer: (mutation: string, heldMs: number) => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }
}
