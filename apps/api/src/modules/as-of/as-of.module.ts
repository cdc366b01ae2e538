import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PromotionModule } from '../promotion/promotion.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import { AsOfExportController } from './as-of-export.controller.js';
import { AsOfExportService } from './as-of-export.service.js';
import { AsOfReads } from './as-of.reads.js';
import { AsOfResolver } from './as-of.resolver.js';
import { GroundsReads } from './grounds.reads.js';
import {
  DefinitionInForceResolver,
  LiveLeverResolver,
  LiveOverlayResolver,
  LivePointerResolver,
  ReadinessRecordResolver,
} from './live-pointer.resolver.js';
import { LiveRecordReads } from './live-record.reads.js';
import { LiveReads } from './live.reads.js';
import { OverlayReads } from './overlay.reads.js';

/** What was live at any instant, and between two, with what it stood on. */
@Module({
  imports: [LedgerModule, PromotionModule, ReleaseModule, StageModule, TeamModule, WorkflowModule],
  controllers: [AsOfExportController],
  providers: [
    AsOfExportService,
    AsOfReads,
    AsOfResolver,
    DefinitionInForceResolver,
    GroundsReads,
    LiveLeverResolver,
    LiveOverlayResolver,
    LivePointerResolver,
    LiveReads,
    LiveRecordReads,
    OverlayReads,
    ReadinessRecordResolver,
  ],
})
export class AsOfModule {}
