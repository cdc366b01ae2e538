import { Module } from '@nestjs/common';
import { BreakGlassReadsModule } from '../break-glass/break-glass-reads.module.js';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { PromotionModule } from '../promotion/promotion.module.js';
import { ReadinessModule } from '../readiness/readiness.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { RollbackModule } from '../rollback/rollback.module.js';
import { StageModule } from '../stage/stage.module.js';
import { WaiverModule } from '../waiver/waiver.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { HomeReads } from './home.reads.js';
import { HomeResolver, StaleItemResolver, WaitingItemResolver } from './home.resolver.js';
import { OwedReviewsReads } from './owed-reviews.reads.js';

@Module({
  imports: [
    BreakGlassReadsModule,
    ChecklistModule,
    PromotionModule,
    ReadinessModule,
    ReleaseModule,
    RollbackModule,
    StageModule,
    WaiverModule,
    WorkflowModule,
  ],
  providers: [HomeReads, HomeResolver, OwedReviewsReads, StaleItemResolver, WaitingItemResolver],
})
export class HomeModule {}
