import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { missingFields, tierPreview, type DraftContent } from './contract.domain.js';
import {
  ContractDraftSaveInput,
  ContractDraftSavePayload,
  ContractPublishInput,
  ContractPublishPayload,
} from './contract.inputs.js';
import { ContractReads } from './contract.reads.js';
import { ContractService } from './contract.service.js';
import { Contract, ContractComponent, ContractDraft, type TierPreview } from './contract.types.js';
import { effectiveTier } from './risk.domain.js';
import { WorkflowReads } from './workflow.reads.js';
import { Workflow } from './workflow.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowContractResolver {
  constructor(
    private readonly service: ContractService,
    private readonly reads: ContractReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @ResolveField(() => ContractDraft)
  draft(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders): Promise<ContractDraft> {
    return this.draftOf(loaders, workflow.id);
  }

  @ResolveField(() => Contract, { nullable: true, description: 'What is published; null while nothing is' })
  contract(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders): Promise<Contract | null> {
    return this.contractOf(loaders, workflow.id);
  }

  @Mutation(() => ContractDraftSavePayload)
  @Permit('workflow.edit')
  contractDraftSave(
    @Args('input') input: ContractDraftSaveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('draft', async () => {
      const { workflowId } = await this.service.saveDraft(actor, requestId, input);
      return this.draftOf(loaders, workflowId);
    });
  }

  @Mutation(() => ContractPublishPayload)
  @Permit('workflow.edit')
  contractPublish(
    @Args('input') input: ContractPublishInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('contract', async () => {
      const { workflowId } = await this.service.publish(actor, requestId, input);
      return this.contractOf(loaders, workflowId);
    });
  }

  private async contractOf(loaders: Loaders, workflowId: string): Promise<Contract | null> {
    const published = await this.reads.published(loaders, workflowId);
    return published && this.reads.contractOf(loaders, published);
  }

  private async preview(loaders: Loaders, workflowId: string, content: DraftContent): Promise<TierPreview> {
    const { raisedTier } = await this.workflows.must(loaders, workflowId);
    const { tier: computed, reasons } = tierPreview(content);
    const tier = computed && effectiveTier(computed, raisedTier);
    return {
      tier,
      reasons: tier && tier !== computed ? [`Raised to ${tier} by hand`, ...reasons] : reasons,
    };
  }

  private async draftOf(loaders: Loaders, workflowId: string): Promise<ContractDraft> {
    const { content, ...draft } = await this.reads.draft(loaders, workflowId);
    return {
      ...draft,
      workflowId,
      core: content.core ?? null,
      output: content.output ?? null,
      retrieval: content.retrieval ?? null,
      tools: content.tools ?? null,
      budgets: content.budgets ?? null,
      missing: missingFields(content),
      tierPreview: await this.preview(loaders, workflowId, content),
    };
  }
}

@Resolver(() => ContractDraft)
@Permit('registry.read')
export class ContractDraftResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User, { nullable: true })
  updatedBy(@Parent() draft: ContractDraft, @CurrentLoaders() loaders: Loaders) {
    return draft.updatedById === null ? null : this.people.must(loaders, draft.updatedById);
  }
}

@Resolver(() => ContractComponent)
@Permit('registry.read')
export class ContractComponentResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  author(@Parent() component: ContractComponent, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, component.authorId);
  }
}
