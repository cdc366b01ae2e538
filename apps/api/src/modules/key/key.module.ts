import { Module } from '@nestjs/common';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { KeyFieldsResolver, TeamKeysResolver } from './key-fields.resolver.js';
import { KeyReads } from './key.reads.js';
import { KeyResolver } from './key.resolver.js';
import { KeyService } from './key.service.js';

@Module({
  imports: [TeamModule, WorkflowModule],
  providers: [KeyFieldsResolver, KeyReads, KeyResolver, KeyService, TeamKeysResolver],
  exports: [KeyReads, KeyService],
})
export class KeyModule {}
