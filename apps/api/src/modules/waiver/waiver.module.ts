import { Module } from '@nestjs/common';
import { ChecklistModule } from '../checklist/checklist.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { WaiverReads } from './waiver.reads.js';
import { WaiverResolver } from './waiver.resolver.js';
import { WaiverService } from './waiver.service.js';

@Module({
  imports: [ChecklistModule, TeamModule, WorkflowModule],
  providers: [WaiverReads, WaiverResolver, WaiverService],
  exports: [WaiverReads],
})
export class WaiverModule {}
