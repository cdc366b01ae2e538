import { Module } from '@nestjs/common';
import { IncidentReadsModule } from '../incident/incident-reads.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { BreakGlassReads } from './break-glass.reads.js';
import { BreakGlassUseService } from './break-glass-use.service.js';

/** What promotions ask of grants and write of them; granting and reviewing, which show promotions, stand apart. */
@Module({
  imports: [IncidentReadsModule, WorkflowModule],
  providers: [BreakGlassReads, BreakGlassUseService],
  exports: [BreakGlassReads, BreakGlassUseService],
})
export class BreakGlassReadsModule {}
