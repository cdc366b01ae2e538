import { Module } from '@nestjs/common';
import { ChecklistPublisher } from './checklist.publisher.js';
import { ChecklistReads } from './checklist.reads.js';
import { ChecklistResolver } from './checklist.resolver.js';

@Module({
  providers: [ChecklistPublisher, ChecklistReads, ChecklistResolver],
  exports: [ChecklistReads],
})
export class ChecklistModule {}
