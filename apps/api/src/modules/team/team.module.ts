import { Module } from '@nestjs/common';
import { PersonAccessReads } from './person-access.reads.js';
import { PersonAccessResolver } from './person-access.resolver.js';
import { PersonAccessService } from './person-access.service.js';
import { PersonReads } from './person.reads.js';
import { PersonResolver } from './person.resolver.js';
import { PersonService } from './person.service.js';
import { TeamReads } from './team.reads.js';
import { TeamMemberResolver, TeamResolver } from './team.resolver.js';
import { TeamService } from './team.service.js';
import { TeamMembershipResolver, ViewerResolver } from './viewer.resolver.js';

@Module({
  providers: [
    PersonAccessReads,
    PersonAccessResolver,
    PersonAccessService,
    PersonReads,
    PersonResolver,
    PersonService,
    TeamMemberResolver,
    TeamMembershipResolver,
    TeamReads,
    TeamResolver,
    TeamService,
    ViewerResolver,
  ],
  exports: [PersonReads, TeamReads],
})
export class TeamModule {}
