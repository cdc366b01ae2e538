import { Module } from '@nestjs/common';
import { TeamModule } from '../team/team.module.js';
import { ContractReads } from './contract.reads.js';
import {
  ContractComponentResolver,
  ContractDraftResolver,
  WorkflowContractResolver,
} from './contract.resolver.js';
import { ContractService } from './contract.service.js';
import { IncarnationService } from './incarnation.service.js';
import { OperatingReads } from './operating.reads.js';
import { OperatingRecordResolver, WorkflowOperatingResolver } from './operating.resolver.js';
import { OperatingService } from './operating.service.js';
import { TeamWorkflowsReads } from './team-workflows.reads.js';
import { TeamWorkflowsResolver } from './team-workflows.resolver.js';
import { TierService } from './tier.service.js';
import { WorkflowListReads } from './workflow-list.reads.js';
import { WorkflowReads } from './workflow.reads.js';
import { WorkflowRolesResolver } from './workflow-roles.resolver.js';
import { WorkflowResolver, WorkflowViewerResolver } from './workflow.resolver.js';

/** Registering a workflow needs its stages, which need workflows: that part is in registration.module.ts. */
@Module({
  imports: [TeamModule],
  providers: [
    ContractComponentResolver,
    ContractDraftResolver,
    ContractReads,
    ContractService,
    IncarnationService,
    OperatingReads,
    OperatingRecordResolver,
    OperatingService,
    TeamWorkflowsReads,
    TeamWorkflowsResolver,
    TierService,
    WorkflowContractResolver,
    WorkflowListReads,
    WorkflowOperatingResolver,
    WorkflowReads,
    WorkflowResolver,
    WorkflowRolesResolver,
    WorkflowViewerResolver,
  ],
  exports: [ContractReads, OperatingReads, OperatingService, WorkflowListReads, WorkflowReads],
})
export class WorkflowModule {}
