import { Module } from '@nestjs/common';
import { BreakGlassReadsModule } from '../break-glass/break-glass-reads.module.js';
import { IncidentModule } from '../incident/incident.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PromptModule } from '../prompt/prompt.module.js';
import { ReadinessModule } from '../readiness/readiness.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { AftermathResolver } from './aftermath.resolver.js';
import { DrillService } from './drill.service.js';
import { HoldService } from './hold.service.js';
import { IncidentTextReads } from './incident-text.reads.js';
import { OnCallReads } from './on-call.reads.js';
import { OnCallResolver } from './on-call.resolver.js';
import { OverlayEndReads } from './overlay-end.reads.js';
import { OverlayEndService } from './overlay-end.service.js';
import { PreviewPromptResolver } from './preview-prompt.resolver.js';
import { PreviewReads } from './preview.reads.js';
import { QuarantineService } from './quarantine.service.js';
import {
  RollbackFieldsResolver,
  RollbackReviewResolver,
  RollbackTriggerPayloadResolver,
} from './rollback-fields.resolver.js';
import { RollbackReads } from './rollback.reads.js';
import { RollbackResolver } from './rollback.resolver.js';
import { RollbackIncidentService } from './rollback-incident.service.js';
import { RollbackReviewService } from './rollback-review.service.js';
import { RollbackService } from './rollback.service.js';
import { DerivedReleaseService } from './derived-release.service.js';
import { StageServedReads } from './stage-served.reads.js';
import { StageServedFieldResolver, StageServedResolver } from './stage-served.resolver.js';
import { StandingFactsReads } from './standing-facts.reads.js';
import { StandingReadsModule } from './standing-reads.module.js';
import { HoldResolver, OverlayResolver, QuarantineResolver } from './standing.resolver.js';
import { ViewerReads } from './viewer.reads.js';
import { IncidentRollbacksResolver, WorkflowRollbacksResolver } from './workflow-rollbacks.resolver.js';

@Module({
  imports: [
    BreakGlassReadsModule,
    IncidentModule,
    LedgerModule,
    PromptModule,
    ReadinessModule,
    ReleaseModule,
    StageModule,
    StandingReadsModule,
    TeamModule,
    TelemetryModule,
    WorkflowModule,
  ],
  providers: [
    AftermathResolver,
    DrillService,
    HoldResolver,
    HoldService,
    IncidentRollbacksResolver,
    IncidentTextReads,
    OnCallReads,
    OnCallResolver,
    OverlayEndReads,
    OverlayEndService,
    OverlayResolver,
    PreviewPromptResolver,
    PreviewReads,
    QuarantineResolver,
    QuarantineService,
    RollbackFieldsResolver,
    RollbackTriggerPayloadResolver,
    RollbackIncidentService,
    RollbackReads,
    RollbackResolver,
    RollbackReviewResolver,
    RollbackReviewService,
    RollbackService,
    DerivedReleaseService,
    StageServedFieldResolver,
    StageServedReads,
    StageServedResolver,
    StandingFactsReads,
    ViewerReads,
    WorkflowRollbacksResolver,
  ],
  exports: [DrillService, RollbackReads, RollbackReviewService, RollbackService, StandingReadsModule],
})
export class RollbackModule {}
