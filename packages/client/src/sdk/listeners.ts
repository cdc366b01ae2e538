import { EventEmitter } from 'node:events';
import type { SnapshotVersion } from '../decide/snapshot.js';
import type { Problem } from './options.js';

export interface HoldpointEvents {
  changed: { workflow: string; version: SnapshotVersion };
  lost: Record<string, never>;
  restored: Record<string, never>;
}

/** Those who listen to the client. An error of theirs is told as a problem and stops nothing. */
export class Listeners {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  constructor(private readonly problem: (problem: Problem) => void) {}

  add<E extends keyof HoldpointEvents>(event: E, listener: (what: HoldpointEvents[E]) => void): () => void {
    const guarded = (what: HoldpointEvents[E]) => {
      try {
        listener(what);
      } catch (error) {
        this.problem({ code: 'LISTENER', message: `A listener to ${event} failed: ${String(error)}` });
      }
    };
    this.emitter.on(event, guarded);
    return () => void this.emitter.off(event, guarded);
  }

  tell<E extends keyof HoldpointEvents>(event: E, what: HoldpointEvents[E]): void {
    this.emitter.emit(event, what);
  }
}
