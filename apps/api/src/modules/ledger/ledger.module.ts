import { Module } from '@nestjs/common';
import { KeyNameReads } from '../key/key-name.reads.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { ChainVerifier } from './chain-verifier.service.js';
import { CheckpointReads } from './checkpoint.reads.js';
import { CheckpointResolver } from './checkpoint.resolver.js';
import { CheckpointService } from './checkpoint.service.js';
import { ExportPages } from './export-pages.reads.js';
import { ExportPlanReads } from './export-plan.reads.js';
import { LedgerEntryReads } from './ledger-entry.reads.js';
import { LedgerEntryResolver } from './ledger-entry.resolver.js';
import { LedgerExport } from './ledger-export.service.js';
import { LedgerExportRoutes } from './ledger-export.routes.js';
import { LedgerReads } from './ledger.reads.js';
import { LedgerResolver, WorkflowActivityResolver } from './ledger.resolver.js';
import { ReasonErasureResolver } from './reason-erasure.resolver.js';
import { ReasonErasure } from './reason-erasure.service.js';

@Module({
  imports: [TeamModule, WorkflowModule],
  providers: [
    ChainVerifier,
    CheckpointReads,
    CheckpointResolver,
    CheckpointService,
    KeyNameReads,
    ExportPages,
    ExportPlanReads,
    LedgerEntryReads,
    LedgerEntryResolver,
    LedgerExport,
    LedgerExportRoutes,
    LedgerReads,
    LedgerResolver,
    ReasonErasure,
    ReasonErasureResolver,
    WorkflowActivityResolver,
  ],
  exports: [LedgerEntryReads],
})
export class LedgerModule {}
