import { Module } from '@nestjs/common';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { ChainVerifier } from './chain-verifier.service.js';
import { LedgerReads } from './ledger.reads.js';
import { LedgerResolver, WorkflowActivityResolver } from './ledger.resolver.js';

@Module({
  imports: [TeamModule, WorkflowModule],
  providers: [ChainVerifier, LedgerReads, LedgerResolver, WorkflowActivityResolver],
})
export class LedgerModule {}
