import { Module } from '@nestjs/common';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { IncidentReadsModule } from '../incident/incident-reads.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PromotionModule } from '../promotion/promotion.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { RollbackModule } from '../rollback/rollback.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import {
  BreakGlassGrantResolver,
  BreakGlassReviewResolver,
  BreakGlassUseResolver,
} from './break-glass-fields.resolver.js';
import { BreakGlassOfferReads } from './break-glass-offer.reads.js';
import {
  IncidentBreakGlassResolver,
  PromotionBreakGlassResolver,
  WorkflowBreakGlassResolver,
} from './break-glass-places.resolver.js';
import { BreakGlassReadsModule } from './break-glass-reads.module.js';
import { BreakGlassResolver } from './break-glass.resolver.js';
import { BreakGlassService } from './break-glass.service.js';

@Module({
  imports: [
    BreakGlassReadsModule,
    ChecklistModule,
    IncidentReadsModule,
    LedgerModule,
    PromotionModule,
    ReleaseModule,
    RollbackModule,
    TeamModule,
    WorkflowModule,
  ],
  providers: [
    BreakGlassGrantResolver,
    BreakGlassOfferReads,
    BreakGlassResolver,
    BreakGlassReviewResolver,
    BreakGlassService,
    BreakGlassUseResolver,
    IncidentBreakGlassResolver,
    PromotionBreakGlassResolver,
    WorkflowBreakGlassResolver,
  ],
  exports: [BreakGlassService],
})
export class BreakGlassModule {}
