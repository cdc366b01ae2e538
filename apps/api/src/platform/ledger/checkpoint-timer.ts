import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Rounds } from '../rounds/rounds.js';
import { CheckpointPush } from './checkpoint-push.js';
import { Checkpoints } from './checkpoints.js';

const pushEveryMs = 1_000;

/** Takes a checkpoint in every minute in which there was activity, delivers what was taken, and takes a last one at the end. */
@Injectable()
export class CheckpointTimer implements OnApplicationShutdown {
  private readonly rounds = new Rounds();
  private started = false;

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly push: CheckpointPush,
  ) {}

  start(everyMs: number): void {
    this.started = true;
    this.rounds.every(everyMs, () => this.checkpoints.takeQuietly());
    this.rounds.every(pushEveryMs, () => this.push.deliver());
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.started) return;
    await this.rounds.stop();
    await this.checkpoints.takeQuietly();
    await this.push.deliver();
  }
}
