import { Module } from '@nestjs/common';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { OpenMoveReads } from '../promotion/open-move.reads.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { AdoptionReads } from './adoption.reads.js';
import { OccupancyReads } from './occupancy.reads.js';
import { StageEntryService } from './stage-entry.service.js';
import { StageFactsReads } from './stage-facts.reads.js';
import {
  OccupancyResolver,
  StageRevisionApprovalResolver,
  StageRevisionResolver,
} from './stage-revision.resolver.js';
import { StageReads } from './stage.reads.js';
import { StageRevertService } from './stage-revert.service.js';
import { StageResolver, WorkflowStagesResolver } from './stage.resolver.js';
import { StageService } from './stage.service.js';
import { StageWrites } from './stage.writes.js';
import { WideningReads } from './widening.reads.js';

/** Stages and pointers. What also needs releases, which themselves need stages, is in adoption.module.ts. */
@Module({
  imports: [ChecklistModule, TeamModule, WorkflowModule],
  providers: [
    AdoptionReads,
    OccupancyReads,
    OccupancyResolver,
    OpenMoveReads,
    StageEntryService,
    StageFactsReads,
    StageReads,
    StageResolver,
    StageRevertService,
    StageRevisionApprovalResolver,
    StageRevisionResolver,
    StageService,
    StageWrites,
    WideningReads,
    WorkflowStagesResolver,
  ],
  exports: [
    AdoptionReads,
    OccupancyReads,
    OpenMoveReads,
    StageEntryService,
    StageFactsReads,
    StageReads,
    StageRevertService,
    StageService,
    WideningReads,
  ],
})
export class StageModule {}
