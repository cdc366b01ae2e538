import { Module } from '@nestjs/common';
import { BreakGlassReadsModule } from '../break-glass/break-glass-reads.module.js';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { ReadinessModule } from '../readiness/readiness.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { AfterRollbackService } from './after-rollback.service.js';
import { ExecutionJudge } from './execution-judge.service.js';
import { FixFactsReads } from './fix-facts.reads.js';
import { ExecutionService } from './execution.service.js';
import { PassageService } from './passage.service.js';
import { PromotionClosing } from './promotion-closing.service.js';
import { PromotionFieldsResolver, PromotionViewerResolver } from './promotion-fields.resolver.js';
import { PromotionListReads } from './promotion-list.reads.js';
import {
  OccupancyPromotionResolver,
  PromotionMoveResolver,
  PromotionReviewResolver,
  StagePromotionResolver,
  WorkflowPromotionsResolver,
} from './promotion-parts.resolver.js';
import { PromotionReads } from './promotion.reads.js';
import { PromotionResolver } from './promotion.resolver.js';
import { PromotionService } from './promotion.service.js';
import { PromotionStandingReads } from './promotion-standing.reads.js';
import { PromotionWrites } from './promotion.writes.js';
import { ReadinessRecordReads } from './readiness-record.reads.js';
import { ReleaseChangesReads } from './release-changes.reads.js';
import { RequestFactsReads } from './request-facts.reads.js';
import { ReviewGroundsReads } from './review-grounds.reads.js';
import { ReviewService } from './review.service.js';
import { StageMoveService } from './stage-move.service.js';

@Module({
  imports: [
    BreakGlassReadsModule,
    ChecklistModule,
    ReadinessModule,
    ReleaseModule,
    StageModule,
    TeamModule,
    WorkflowModule,
  ],
  providers: [
    AfterRollbackService,
    ExecutionJudge,
    ExecutionService,
    FixFactsReads,
    OccupancyPromotionResolver,
    PassageService,
    PromotionClosing,
    PromotionFieldsResolver,
    PromotionListReads,
    PromotionMoveResolver,
    PromotionReads,
    PromotionResolver,
    PromotionReviewResolver,
    PromotionService,
    PromotionStandingReads,
    PromotionViewerResolver,
    PromotionWrites,
    ReadinessRecordReads,
    ReleaseChangesReads,
    RequestFactsReads,
    ReviewGroundsReads,
    ReviewService,
    StageMoveService,
    StagePromotionResolver,
    WorkflowPromotionsResolver,
  ],
  exports: [
    ExecutionService,
    PromotionClosing,
    PromotionListReads,
    PromotionReads,
    PromotionService,
    PromotionStandingReads,
    ReadinessRecordReads,
    ReviewService,
  ],
})
export class PromotionModule {}
