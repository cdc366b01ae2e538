import { Query, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { RoleHoldersReads } from './role-holders.reads.js';
import { organisationRoleWarnings } from './role-warnings.domain.js';
import { RoleWarningType } from './role-warnings.types.js';

@Resolver()
export class OrganisationRoleWarningsResolver {
  constructor(private readonly holders: RoleHoldersReads) {}

  @Query(() => [RoleWarningType], {
    description: 'Roles of the organisation that nobody or only one person holds',
  })
  @Permit('person.read')
  async roleWarnings(@CurrentLoaders() loaders: Loaders): Promise<RoleWarningType[]> {
    return organisationRoleWarnings({ organisation: await this.holders.ofOrganisation(loaders) });
  }
}
