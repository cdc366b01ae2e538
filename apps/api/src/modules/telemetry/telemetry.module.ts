import { Module } from '@nestjs/common';
import { RuntimeModule } from '../runtime/runtime.module.js';
import { DriftReads } from './drift.reads.js';
import { DriftService } from './drift.service.js';
import { EffectReads } from './effect.reads.js';
import { EffectService } from './effect.service.js';
import { FetchLog } from './fetch-log.service.js';
import { HeartbeatController } from './heartbeat.controller.js';
import { HeartbeatService } from './heartbeat.service.js';
import { InstanceChanges } from './instance-changes.service.js';
import { InstanceReads } from './instance.reads.js';
import { LatestVersions } from './latest-versions.reads.js';
import { ObservationWriter } from './observation-writer.service.js';
import { PruningService } from './pruning.service.js';
import { ServedCountReads } from './served-count.reads.js';
import { ServedVersions } from './served-versions.service.js';
import {
  IncidentTelemetryResolver,
  RollbackEffectResolver,
  WorkflowTelemetryResolver,
} from './telemetry.resolver.js';
import { WorkflowDirectory } from './workflow-directory.reads.js';

/** What instances report: which version they serve, what they serve, and how much. Observations, never acts. */
@Module({
  imports: [RuntimeModule],
  controllers: [HeartbeatController],
  providers: [
    DriftReads,
    DriftService,
    EffectReads,
    EffectService,
    FetchLog,
    HeartbeatService,
    IncidentTelemetryResolver,
    InstanceChanges,
    InstanceReads,
    LatestVersions,
    ObservationWriter,
    PruningService,
    RollbackEffectResolver,
    ServedCountReads,
    ServedVersions,
    WorkflowDirectory,
    WorkflowTelemetryResolver,
  ],
  exports: [EffectReads, FetchLog, HeartbeatService, InstanceReads],
})
export class TelemetryModule {}
