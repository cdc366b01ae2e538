import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { CheckpointPush } from './checkpoint-push.js';
import { CheckpointTimer } from './checkpoint-timer.js';
import { Checkpoints } from './checkpoints.js';
import { LEDGER_SIGNERS, readSigners } from './ledger-signer.js';

@Global()
@Module({
  providers: [
    { provide: LEDGER_SIGNERS, useFactory: (config: Config) => readSigners(config), inject: [CONFIG] },
    Checkpoints,
    CheckpointPush,
    CheckpointTimer,
  ],
  exports: [LEDGER_SIGNERS, Checkpoints, CheckpointPush, CheckpointTimer],
})
export class CheckpointModule {}
