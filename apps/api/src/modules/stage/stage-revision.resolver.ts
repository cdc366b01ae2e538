import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { mayApproveRevision } from './revision-standing.domain.js';
import { StageReads } from './stage.reads.js';
import { Occupancy, StageRevision, StageRevisionApproval } from './stage.types.js';

@Resolver(() => StageRevision)
@Permit('registry.read')
export class StageRevisionResolver {
  constructor(
    private readonly people: PersonReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @ResolveField(() => User)
  createdBy(@Parent() revision: StageRevision, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, revision.createdById);
  }

  @ResolveField(() => StageRevisionApproval, { nullable: true })
  approval(@Parent() { approvedById, approvedAt }: StageRevision): StageRevisionApproval | null {
    return approvedById && approvedAt ? { approvedById, createdAt: approvedAt } : null;
  }

  @ResolveField(() => Boolean)
  async viewerCanApprove(
    @Parent() revision: StageRevision,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId } = await this.workflows.must(loaders, revision.workflowId);
    return can(actor, 'stage.approve', { teamId }) && mayApproveRevision(revision, actor);
  }
}

@Resolver(() => StageRevisionApproval)
@Permit('registry.read')
export class StageRevisionApprovalResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  approvedBy(@Parent() approval: StageRevisionApproval, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, approval.approvedById);
  }
}

@Resolver(() => Occupancy)
@Permit('registry.read')
export class OccupancyResolver {
  constructor(private readonly reads: StageReads) {}

  @ResolveField(() => StageRevision, { description: 'The definition that it was entered under' })
  stageRevision(@Parent() occupancy: Occupancy, @CurrentLoaders() loaders: Loaders) {
    return this.reads.revision(loaders, occupancy.stageRevisionId);
  }
}
