import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CheckpointPush } from './checkpoint-push.js';
import { Checkpoints } from './checkpoints.js';

const pushEveryMs = 1_000;

/** Takes a checkpoint in every minute in which there was activity, delivers what was taken, and takes a last one at the end. */
@Injectable()
export class CheckpointTimer implements OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly push: CheckpointPush,
  ) {}

  start(everyMs: number): void {
    this.every(everyMs, () => this.checkpoints.takeQuietly());
    this.every(pushEveryMs, () => this.push.deliver());
  }

  /** Without a second one beside one that is still running. */
  private every(ms: number, work: () => Promise<unknown>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      const run = work().finally(() => {
        busy = false;
        this.running.delete(run);
      });
      this.running.add(run);
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timers.length === 0) return;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.allSettled(this.running);
    await this.checkpoints.takeQuietly();
    await this.push.deliver();
  }
}
