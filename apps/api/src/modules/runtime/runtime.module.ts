import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { CandidateStore } from './candidate-store.service.js';
import { CatchUp } from './catch-up.service.js';
import { EnvironmentPinReads } from './environment-pin.reads.js';
import { EnvironmentPinResolver, WorkflowEnvironmentsResolver } from './environment-pin.resolver.js';
import { EnvironmentPinService } from './environment-pin.service.js';
import { EventStreams } from './event-streams.service.js';
import { KeySight } from './key-sight.service.js';
import { OfrepEvaluator } from './ofrep-evaluator.service.js';
import { OfrepFetches } from './ofrep-fetches.service.js';
import { OfrepQuickPath } from './ofrep-quick-path.js';
import { OfrepRoutes } from './ofrep.routes.js';
import { ReleaseContentReads } from './release-content.reads.js';
import { ServedPartsReads } from './served-parts.reads.js';
import { SnapshotCompiler } from './snapshot-compiler.service.js';
import { SnapshotRoutes } from './snapshot.routes.js';
import { SnapshotStore } from './snapshot-store.service.js';
import { StreamChannels } from './stream-channel.service.js';

/** What running applications are served, from memory. */
@Module({
  imports: [ReleaseModule, WorkflowModule],
  providers: [
    CandidateStore,
    CatchUp,
    EnvironmentPinReads,
    EnvironmentPinResolver,
    EnvironmentPinService,
    EventStreams,
    KeySight,
    OfrepEvaluator,
    OfrepFetches,
    OfrepQuickPath,
    OfrepRoutes,
    ReleaseContentReads,
    ServedPartsReads,
    SnapshotCompiler,
    SnapshotRoutes,
    SnapshotStore,
    StreamChannels,
    WorkflowEnvironmentsResolver,
  ],
  exports: [EventStreams, OfrepFetches, SnapshotStore],
})
export class RuntimeModule {}
