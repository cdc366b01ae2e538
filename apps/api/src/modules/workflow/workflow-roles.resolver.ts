import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { RoleHoldersReads } from '../team/role-holders.reads.js';
import { workflowRoleWarnings } from '../team/role-warnings.domain.js';
import { RoleWarningType } from '../team/role-warnings.types.js';
import { ContractReads } from './contract.reads.js';
import { Workflow } from './workflow.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowRolesResolver {
  constructor(
    private readonly holders: RoleHoldersReads,
    private readonly contracts: ContractReads,
  ) {}

  @ResolveField(() => [RoleWarningType], {
    description: 'Roles that this workflow needs, and that nobody or only one person holds',
  })
  async roleWarnings(
    @Parent() workflow: Workflow,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<RoleWarningType[]> {
    if (workflow.retiredAt) return [];
    const { teamId, riskTier: tier, restricted } = workflow;
    const [team, organisation, published, seenBy] = await Promise.all([
      this.holders.ofTeam(loaders, teamId),
      this.holders.ofOrganisation(loaders),
      this.contracts.published(loaders, workflow.id),
      restricted ? this.holders.whoSee(loaders, teamId) : null,
    ]);
    const hasTools = published?.toolsId != null;
    return workflowRoleWarnings({ team, organisation }, { tier, hasTools, seenBy });
  }
}
