import { Module } from '@nestjs/common';
import { StandingReadsModule } from '../rollback/standing-reads.module.js';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { ReleaseModule } from './release.module.js';
import { ReleaseStandingReads } from './release-standing.reads.js';
import { BehindLiveResolver, ReleaseStandingResolver } from './release-standing.resolver.js';

/** How releases stand to what is live. */
@Module({
  imports: [ReleaseModule, StageModule, StandingReadsModule, TeamModule],
  providers: [BehindLiveResolver, ReleaseStandingReads, ReleaseStandingResolver],
  exports: [ReleaseStandingReads],
})
export class ReleaseStandingModule {}
