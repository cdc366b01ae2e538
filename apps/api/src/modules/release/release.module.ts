import { Module } from '@nestjs/common';
import { ModelModule } from '../model/model.module.js';
import { PromptModule } from '../prompt/prompt.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { PromptUsersReads } from './prompt-users.reads.js';
import { ReleaseAuthorsReads } from './release-authors.reads.js';
import { ReleaseFactsReads } from './release-facts.reads.js';
import { ReleaseReads } from './release.reads.js';
import { ReleaseResolver } from './release.resolver.js';
import { ReleaseService } from './release.service.js';
import {
  PromptUsersResolver,
  ReleaseStepResolver,
  WorkflowReleasesResolver,
} from './release-step.resolver.js';

/** What needs to know where a release is live (diff to live, behind live) is in release-standing.module.ts. */
@Module({
  imports: [ModelModule, PromptModule, TeamModule, WorkflowModule],
  providers: [
    PromptUsersReads,
    PromptUsersResolver,
    ReleaseAuthorsReads,
    ReleaseFactsReads,
    ReleaseReads,
    ReleaseResolver,
    ReleaseService,
    ReleaseStepResolver,
    WorkflowReleasesResolver,
  ],
  exports: [ReleaseAuthorsReads, ReleaseFactsReads, ReleaseReads],
})
export class ReleaseModule {}
