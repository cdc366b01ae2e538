import { Module } from '@nestjs/common';
import { ReadinessModule } from '../readiness/readiness.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { TeamModule } from '../team/team.module.js';
import { AdoptionResolver, WorkflowAdoptionResolver } from './adoption.resolver.js';
import { AdoptionService } from './adoption.service.js';
import { OccupancyReleaseResolver, StageBaselineResolver } from './occupied.resolver.js';
import { StageModule } from './stage.module.js';

/** What of stages needs releases and readiness: adoption, and the releases behind pointers. */
@Module({
  imports: [ReadinessModule, ReleaseModule, StageModule, TeamModule],
  providers: [
    AdoptionResolver,
    AdoptionService,
    OccupancyReleaseResolver,
    StageBaselineResolver,
    WorkflowAdoptionResolver,
  ],
  exports: [AdoptionService],
})
export class AdoptionModule {}
