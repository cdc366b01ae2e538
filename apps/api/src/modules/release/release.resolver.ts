import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { ContractReads } from '../workflow/contract.reads.js';
import type { CoreComponent, ToolsComponent } from '../workflow/contract.schema.js';
import { Contract } from '../workflow/contract.types.js';
import { computeTier, effectiveTier } from '../workflow/risk.domain.js';
import type { RiskTier } from '../workflow/risk.schema.js';
import { RiskTierEnum } from '../workflow/risk.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { ReleaseCreateInput, ReleaseCreatePayload } from './release.inputs.js';
import { ReleaseReads } from './release.reads.js';
import { ReleaseService } from './release.service.js';
import { Release, ReleaseStep } from './release.types.js';

@Resolver(() => Release)
@Permit('registry.read')
export class ReleaseResolver {
  constructor(
    private readonly service: ReleaseService,
    private readonly reads: ReleaseReads,
    private readonly workflows: WorkflowReads,
    private readonly contracts: ContractReads,
    private readonly people: PersonReads,
  ) {}

  @Query(() => Release, { nullable: true })
  @Permit('registry.read')
  release(@Args('id', { type: () => ID }) id: string, @CurrentActor() actor: Actor) {
    return this.reads.byId(actor, id);
  }

  @ResolveField(() => Workflow)
  workflow(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, release.workflowId);
  }

  @ResolveField(() => Release, { nullable: true, description: 'What it was made from' })
  parent(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return release.parentId === null ? null : this.reads.load(loaders, release.parentId);
  }

  @ResolveField(() => Release, {
    nullable: true,
    description: 'Of a derived release: what a rollback derived it from',
  })
  derivedFrom(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return release.derivedFromId === null ? null : this.reads.load(loaders, release.derivedFromId);
  }

  @ResolveField(() => User)
  createdBy(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, release.createdById);
  }

  @ResolveField(() => [User], { description: 'The persons who answer for it' })
  responsible(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.people.many(loaders, release.responsibleIds);
  }

  @ResolveField(() => Contract)
  components(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.contracts.contractOf(loaders, release);
  }

  @ResolveField(() => [ReleaseStep])
  steps(@Parent() release: Release, @CurrentLoaders() loaders: Loaders) {
    return this.reads.steps(loaders, release.id);
  }

  @ResolveField(() => RiskTierEnum, {
    description: 'Of its own components, and what the workflow was raised to',
  })
  async riskTier(@Parent() release: Release, @CurrentLoaders() loaders: Loaders): Promise<RiskTier> {
    const { core, tools } = await this.contracts.contractOf(loaders, release);
    const { raisedTier } = await this.workflows.must(loaders, release.workflowId);
    const content = (tools?.content ?? null) as ToolsComponent | null;
    return effectiveTier(computeTier(core?.content as CoreComponent, content).tier, raisedTier);
  }

  @Mutation(() => ReleaseCreatePayload)
  @Permit('release.create')
  releaseCreate(
    @Args('input') input: ReleaseCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('release', async () =>
      this.reads.byId(actor, (await this.service.create(actor, requestId, input)).releaseId),
    );
  }
}
