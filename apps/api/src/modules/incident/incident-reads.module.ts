import { Module } from '@nestjs/common';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { IncidentReads } from './incident.reads.js';

/** What promotions ask about incidents; the incidents' own module needs promotions. */
@Module({ imports: [WorkflowModule], providers: [IncidentReads], exports: [IncidentReads] })
export class IncidentReadsModule {}
