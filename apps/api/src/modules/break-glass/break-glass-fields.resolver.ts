import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { Incident } from '../incident/incident.types.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { Promotion } from '../promotion/promotion.types.js';
import { ReadinessRecordReads } from '../promotion/readiness-record.reads.js';
import { ReadinessType } from '../readiness/readiness.types.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { reviewObjection } from './break-glass.domain.js';
import { BreakGlassReads } from './break-glass.reads.js';
import { BreakGlassGrant, BreakGlassReview, BreakGlassUse } from './break-glass.types.js';

@Resolver(() => BreakGlassGrant)
@Permit('registry.read')
export class BreakGlassGrantResolver {
  constructor(
    private readonly reads: BreakGlassReads,
    private readonly people: PersonReads,
    private readonly incidents: IncidentReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @ResolveField(() => User)
  person(@Parent() grant: BreakGlassGrant, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, grant.personId);
  }

  @ResolveField(() => User)
  grantedBy(@Parent() grant: BreakGlassGrant, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, grant.grantedById);
  }

  @ResolveField(() => Incident)
  incident(@Parent() grant: BreakGlassGrant, @CurrentLoaders() loaders: Loaders) {
    return this.incidents.load(loaders, grant.incidentId);
  }

  @ResolveField(() => BreakGlassUse, { nullable: true, description: 'What it admitted' })
  use(@Parent() grant: BreakGlassGrant, @CurrentLoaders() loaders: Loaders) {
    return this.reads.useOfGrant(loaders, grant.id);
  }

  @ResolveField(() => Boolean)
  async viewerCanRevoke(
    @Parent() grant: BreakGlassGrant,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId } = await this.workflows.must(loaders, grant.workflowId);
    return ['usable', 'over'].includes(grant.state) && can(actor, 'breakGlass.grant', { teamId });
  }
}

@Resolver(() => BreakGlassUse)
@Permit('registry.read')
export class BreakGlassUseResolver {
  constructor(
    private readonly people: PersonReads,
    private readonly incidents: IncidentReads,
    private readonly workflows: WorkflowReads,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
    private readonly records: ReadinessRecordReads,
  ) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, use.workflowId);
  }

  @ResolveField(() => Incident)
  incident(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.incidents.load(loaders, use.incidentId);
  }

  @ResolveField(() => Promotion)
  promotion(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.promotions.load(loaders, use.promotionId);
  }

  @ResolveField(() => Release)
  release(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.releases.must(loaders, use.releaseId);
  }

  @ResolveField(() => ReadinessType, { nullable: true, description: 'On which the move was made' })
  readiness(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.records.recorded(loaders, use.readinessRecordId);
  }

  @ResolveField(() => User)
  executedBy(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, use.executedById);
  }

  @ResolveField(() => User)
  grantedBy(@Parent() use: BreakGlassUse, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, use.grantedById);
  }

  @ResolveField(() => Boolean)
  async viewerCanReview(
    @Parent() use: BreakGlassUse,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return (await this.cannotReview(use, actor, loaders)) === null;
  }

  @ResolveField(() => String, { nullable: true })
  viewerCannotReviewReason(
    @Parent() use: BreakGlassUse,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.cannotReview(use, actor, loaders);
  }

  private async cannotReview(use: BreakGlassUse, actor: Actor, loaders: Loaders): Promise<string | null> {
    const { teamId } = await this.workflows.must(loaders, use.workflowId);
    if (!can(actor, 'breakGlass.review', { teamId })) {
      return 'Reviewers of the team, risk and security reviewers and administrators review it';
    }
    const { executedById, grantedById } = use;
    return (
      reviewObjection({ executedById, grantedById, reviewed: use.review !== null }, actor.id)?.message ?? null
    );
  }
}

@Resolver(() => BreakGlassReview)
@Permit('registry.read')
export class BreakGlassReviewResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  reviewer(@Parent() review: BreakGlassReview, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, review.reviewerId);
  }
}
