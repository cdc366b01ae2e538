import { Module } from '@nestjs/common';
import { KeyModule } from '../key/key.module.js';
import { PromotionModule } from '../promotion/promotion.module.js';
import { StageModule } from '../stage/stage.module.js';
import { RetirementReads } from './retirement.reads.js';
import { RetirementResolver } from './retirement.resolver.js';
import { RetirementService } from './retirement.service.js';
import { WorkflowModule } from './workflow.module.js';

/** The end of a workflow: the part that needs whatever ends with it. */
@Module({
  imports: [KeyModule, PromotionModule, StageModule, WorkflowModule],
  providers: [RetirementReads, RetirementResolver, RetirementService],
})
export class RetirementModule {}
