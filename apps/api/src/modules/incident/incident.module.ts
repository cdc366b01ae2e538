import { Module } from '@nestjs/common';
import { PromotionModule } from '../promotion/promotion.module.js';
import { ReleaseModule } from '../release/release.module.js';
import { TeamModule } from '../team/team.module.js';
import { WorkflowModule } from '../workflow/workflow.module.js';
import {
  IncidentFieldsResolver,
  IncidentLinkResolver,
  WorkflowIncidentsResolver,
} from './incident-fields.resolver.js';
import { IncidentLinkService } from './incident-link.service.js';
import { IncidentReadsModule } from './incident-reads.module.js';
import { IncidentResolver } from './incident.resolver.js';
import { IncidentService } from './incident.service.js';

@Module({
  imports: [IncidentReadsModule, PromotionModule, ReleaseModule, TeamModule, WorkflowModule],
  providers: [
    IncidentFieldsResolver,
    IncidentLinkResolver,
    IncidentLinkService,
    IncidentResolver,
    IncidentService,
    WorkflowIncidentsResolver,
  ],
  exports: [IncidentLinkService, IncidentReadsModule, IncidentService],
})
export class IncidentModule {}
