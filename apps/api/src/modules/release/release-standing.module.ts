import { Module } from '@nestjs/common';
import { StageModule } from '../stage/stage.module.js';
import { TeamModule } from '../team/team.module.js';
import { ReleaseModule } from './release.module.js';
import { ReleaseStandingReads } from './release-standing.reads.js';
import { BehindLiveResolver, ReleaseStandingResolver } from './release-standing.resolver.js';

/** How releases stand to what is live. */
@Module({
  imports: [ReleaseModule, StageModule, TeamModule],
  providers: [BehindLiveResolver, ReleaseStandingReads, ReleaseStandingResolver],
  exports: [ReleaseStandingReads],
})
export class ReleaseStandingModule {}
