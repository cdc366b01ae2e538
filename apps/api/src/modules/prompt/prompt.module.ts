import { Module } from '@nestjs/common';
import { TeamModule } from '../team/team.module.js';
import { PromptReads } from './prompt.reads.js';
import { PromptResolver } from './prompt.resolver.js';
import { PromptService } from './prompt.service.js';
import { PromptVersionResolver } from './prompt-version.resolver.js';

@Module({
  imports: [TeamModule],
  providers: [PromptReads, PromptResolver, PromptService, PromptVersionResolver],
  exports: [PromptReads],
})
export class PromptModule {}
