import { Injectable } from '@nestjs/common';
import { CannotSign } from '../../platform/ledger/checkpoint-keys.js';
import { CheckpointPush } from '../../platform/ledger/checkpoint-push.js';
import { Checkpoints } from '../../platform/ledger/checkpoints.js';
import { Refusal } from '../../platform/refusal/refusal.js';

@Injectable()
export class CheckpointService {
  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly push: CheckpointPush,
  ) {}

  /** Covers everything until now. @throws Refusal CANNOT_SIGN where the server has no key to sign with */
  async create(): Promise<void> {
    try {
      await this.checkpoints.take();
    } catch (error) {
      if (error instanceof CannotSign) throw new Refusal('CANNOT_SIGN', `No checkpoint: ${error.message}`);
      throw error;
    }
    void this.push.deliver();
  }
}
