import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { Promotion } from '../promotion/promotion.types.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { IncidentReads } from './incident.reads.js';
import type { IncidentState } from './incident.schema.js';
import { Incident, IncidentConnection, IncidentLink, IncidentStateEnum } from './incident.types.js';

@Resolver(() => Incident)
@Permit('registry.read')
export class IncidentFieldsResolver {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly people: PersonReads,
  ) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, incident.workflowId);
  }

  @ResolveField(() => User, { nullable: true })
  owner(@Parent() { ownerId }: Incident, @CurrentLoaders() loaders: Loaders) {
    return ownerId === null ? null : this.people.must(loaders, ownerId);
  }

  @ResolveField(() => User)
  openedBy(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, incident.openedById);
  }

  @ResolveField(() => User, { nullable: true })
  resolvedBy(@Parent() { resolvedById }: Incident, @CurrentLoaders() loaders: Loaders) {
    return resolvedById === null ? null : this.people.must(loaders, resolvedById);
  }

  @ResolveField(() => Boolean, { description: 'Link to it, hand it over, move it on' })
  async viewerCanWork(
    @Parent() incident: Incident,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId } = await this.workflows.must(loaders, incident.workflowId);
    return can(actor, 'incident.work', { teamId });
  }
}

@Resolver(() => IncidentLink)
@Permit('registry.read')
export class IncidentLinkResolver {
  constructor(
    private readonly people: PersonReads,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
  ) {}

  @ResolveField(() => User)
  createdBy(@Parent() link: IncidentLink, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, link.createdById);
  }

  @ResolveField(() => Promotion, { nullable: true })
  promotion(@Parent() { kind, value }: IncidentLink, @CurrentLoaders() loaders: Loaders) {
    return kind === 'promotion' ? this.promotions.load(loaders, value) : null;
  }

  @ResolveField(() => Release, { nullable: true })
  release(@Parent() { kind, value }: IncidentLink, @CurrentLoaders() loaders: Loaders) {
    return kind === 'release' ? this.releases.must(loaders, value) : null;
  }
}

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowIncidentsResolver {
  constructor(private readonly reads: IncidentReads) {}

  @ResolveField(() => IncidentConnection, { description: 'Newest first' })
  incidents(
    @Parent() workflow: Workflow,
    @Args() args: ConnectionArgs,
    @CurrentLoaders() loaders: Loaders,
    @Args('state', { type: () => [IncidentStateEnum], nullable: true }) state?: IncidentState[] | null,
  ) {
    return this.reads.ofWorkflow(loaders, workflow.id, args, state ?? null);
  }

  @ResolveField(() => [Incident], { description: 'Those that are not resolved, newest first' })
  openIncidents(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.underway(loaders, workflow.id);
  }

  @ResolveField(() => Boolean)
  viewerCanOpenIncident(@Parent() workflow: Workflow, @CurrentActor() actor: Actor) {
    return workflow.retiredAt === null && can(actor, 'incident.work', { teamId: workflow.teamId });
  }
}
