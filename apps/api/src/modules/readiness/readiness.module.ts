import { Module } from '@nestjs/common';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { AnswerConfirmationService } from './answer-confirmation.service.js';
import { AnswerGroundReads } from './answer-ground.reads.js';
import { CheckAnswerReads } from './check-answer.reads.js';
import { CheckAnswerResolver } from './check-answer.resolver.js';
import { CheckAnswerService } from './check-answer.service.js';
import { NextStageReads } from './next-stage.reads.js';
import { ReadinessReads } from './readiness.reads.js';
import { ReadinessResolver, ReleaseReadinessResolver } from './readiness.resolver.js';
import { TierPreviewResolver } from './tier-preview.resolver.js';
import { WorkflowReadinessResolver } from './workflow-readiness.resolver.js';

@Module({
  imports: [ChecklistModule, ReleaseModule, StageModule, TeamModule, WorkflowModule],
  providers: [
    AnswerConfirmationService,
    AnswerGroundReads,
    CheckAnswerReads,
    CheckAnswerResolver,
    CheckAnswerService,
    NextStageReads,
    ReadinessReads,
    ReadinessResolver,
    ReleaseReadinessResolver,
    TierPreviewResolver,
    WorkflowReadinessResolver,
  ],
  exports: [AnswerConfirmationService, CheckAnswerReads, NextStageReads, ReadinessReads],
})
export class ReadinessModule {}
