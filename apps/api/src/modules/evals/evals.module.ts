import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { CaseStaging } from './case-staging.service.js';
import { EvalCaseReads } from './eval-case.reads.js';
import { EvalRunReads } from './eval-run.reads.js';
import { EvalRunResolver } from './eval-run.resolver.js';
import { EvalUploadReads } from './eval-upload.reads.js';
import { EvalUploadResolver } from './eval-upload.resolver.js';
import { EvalUploadRoutes } from './eval-upload.routes.js';
import { EvalsReads } from './evals.reads.js';
import { EvalSuiteResolver, EvalSuiteVersionResolver } from './evals.resolver.js';
import { EvalsService } from './evals.service.js';
import { RunRecorder } from './run-record.service.js';
import { UploadLog } from './upload-log.service.js';
import { UploadService } from './upload.service.js';
import { UploadTargetReads } from './upload-target.reads.js';
import { WorkflowEvalsResolver } from './workflow-evals.resolver.js';

@Module({
  imports: [ReleaseModule, TeamModule, WorkflowModule],
  providers: [
    CaseStaging,
    EvalCaseReads,
    EvalRunReads,
    EvalRunResolver,
    EvalUploadReads,
    EvalUploadResolver,
    EvalUploadRoutes,
    EvalsReads,
    EvalSuiteResolver,
    EvalSuiteVersionResolver,
    EvalsService,
    RunRecorder,
    UploadLog,
    UploadService,
    UploadTargetReads,
    WorkflowEvalsResolver,
  ],
  exports: [EvalRunReads, EvalsReads],
})
export class EvalsModule {}
