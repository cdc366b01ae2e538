import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { TeamReads } from '../team/team.reads.js';
import { Team } from '../team/team.types.js';
import { ContractReads } from './contract.reads.js';
import type { CoreComponent, ToolsComponent } from './contract.schema.js';
import { computeTier } from './risk.domain.js';
import { TierService } from './tier.service.js';
import {
  WorkflowFilter,
  WorkflowOrderEnum,
  WorkflowTierRaiseInput,
  WorkflowTierRaisePayload,
} from './workflow.inputs.js';
import { WorkflowListReads } from './workflow-list.reads.js';
import { WorkflowReads } from './workflow.reads.js';
import type { WorkflowOrder } from './workflow.schema.js';
import { Workflow, WorkflowConnection } from './workflow.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowResolver {
  constructor(
    private readonly reads: WorkflowReads,
    private readonly lists: WorkflowListReads,
    private readonly contracts: ContractReads,
    private readonly tiers: TierService,
    private readonly teams: TeamReads,
    private readonly people: PersonReads,
  ) {}

  @Query(() => WorkflowConnection)
  @Permit('registry.read')
  workflows(
    @Args() args: ConnectionArgs,
    @CurrentActor() actor: Actor,
    @Args('filter', { type: () => WorkflowFilter, nullable: true }) filter?: WorkflowFilter | null,
    @Args('orderBy', { type: () => WorkflowOrderEnum, nullable: true }) orderBy?: WorkflowOrder | null,
  ) {
    return this.lists.page(actor, args, filter ?? {}, orderBy ?? 'name_asc');
  }

  @Query(() => Workflow, { nullable: true, description: 'By id, or by its full key team.workflow' })
  @Permit('registry.read')
  workflow(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID, nullable: true }) id?: string | null,
    @Args('key', { type: () => String, nullable: true }) key?: string | null,
  ) {
    if (id) return this.reads.byId(actor, id);
    return key ? this.reads.byFullKey(actor, key) : null;
  }

  @ResolveField(() => Team)
  team(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.teams.must(loaders, workflow.teamId);
  }

  @ResolveField(() => User)
  createdBy(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, workflow.createdById);
  }

  @ResolveField(() => String, { description: 'team.workflow' })
  async fullKey(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return `${(await this.teams.must(loaders, workflow.teamId)).key}.${workflow.key}`;
  }

  @ResolveField(() => String, { description: 'incarnation.epoch: the version of what is served' })
  version(@Parent() workflow: Workflow) {
    return `${String(workflow.incarnation)}.${String(workflow.epoch)}`;
  }

  @ResolveField(() => [String], { description: 'Why the tier is at least that' })
  async riskTierReasons(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders): Promise<string[]> {
    const published = await this.contracts.published(loaders, workflow.id);
    if (!published) return [];
    const { core, tools } = await this.contracts.contractOf(loaders, published);
    const { tier, reasons } = computeTier(
      core?.content as CoreComponent,
      (tools?.content ?? null) as ToolsComponent | null,
    );
    return workflow.riskTier === tier
      ? reasons
      : [`Raised to ${String(workflow.riskTier)} by hand`, ...reasons];
  }

  @Mutation(() => WorkflowTierRaisePayload)
  @Permit('workflow.raiseTier')
  workflowTierRaise(
    @Args('input') input: WorkflowTierRaiseInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('workflow', async () =>
      this.reads.byId(actor, (await this.tiers.raise(actor, requestId, input)).workflowId),
    );
  }
}

/** What the viewer may do with a workflow, by role; a rule about one release or promotion may still forbid it. */
@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowViewerResolver {
  @ResolveField(() => Boolean)
  viewerCanEdit(@Parent() { id: workflowId, teamId }: Workflow, @CurrentActor() actor: Actor) {
    return can(actor, 'workflow.edit', { teamId, workflowId });
  }

  @ResolveField(() => Boolean)
  viewerCanRelease(@Parent() { id: workflowId, teamId }: Workflow, @CurrentActor() actor: Actor) {
    return can(actor, 'release.create', { teamId, workflowId });
  }

  @ResolveField(() => Boolean)
  viewerCanRaiseTier(@Parent() { id: workflowId, teamId }: Workflow, @CurrentActor() actor: Actor) {
    return can(actor, 'workflow.raiseTier', { teamId, workflowId });
  }

  @ResolveField(() => Boolean)
  viewerCanRequestPromotion(
    @Parent() { id: workflowId, teamId, retiredAt }: Workflow,
    @CurrentActor() actor: Actor,
  ) {
    return retiredAt === null && can(actor, 'promotion.request', { teamId, workflowId });
  }

  @ResolveField(() => Boolean)
  viewerCanReview(@Parent() { id: workflowId, teamId }: Workflow, @CurrentActor() actor: Actor) {
    return can(actor, 'promotion.review', { teamId, workflowId });
  }

  @ResolveField(() => Boolean)
  viewerCanAdopt(@Parent() { id: workflowId, teamId }: Workflow, @CurrentActor() actor: Actor) {
    return can(actor, 'workflow.adopt', { teamId, workflowId });
  }
}
