import { Module } from '@nestjs/common';
import { PersonAccessReads } from './person-access.reads.js';
import { PersonAccessResolver } from './person-access.resolver.js';
import { PersonAccessService } from './person-access.service.js';
import { PersonErasureResolver } from './person-erasure.resolver.js';
import { PersonErasureService } from './person-erasure.service.js';
import { PersonReads } from './person.reads.js';
import { PersonResolver } from './person.resolver.js';
import { PersonService } from './person.service.js';
import { OrganisationRoleWarningsResolver } from './role-warnings.resolver.js';
import { RoleHoldersReads } from './role-holders.reads.js';
import { TeamReads } from './team.reads.js';
import { TeamMemberResolver, TeamResolver } from './team.resolver.js';
import { TeamService } from './team.service.js';
import { TeamMembershipResolver, ViewerResolver } from './viewer.resolver.js';

@Module({
  providers: [
    OrganisationRoleWarningsResolver,
    PersonAccessReads,
    PersonAccessResolver,
    PersonAccessService,
    PersonErasureResolver,
    PersonErasureService,
    PersonReads,
    PersonResolver,
    PersonService,
    RoleHoldersReads,
    TeamMemberResolver,
    TeamMembershipResolver,
    TeamReads,
    TeamResolver,
    TeamService,
    ViewerResolver,
  ],
  exports: [PersonReads, RoleHoldersReads, TeamReads],
})
export class TeamModule {}
