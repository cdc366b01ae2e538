import { Module } from '@nestjs/common';
import { StandingReads } from './standing.reads.js';

/** What others ask about what rollbacks left; the rollbacks' own module needs releases and stages. */
@Module({ providers: [StandingReads], exports: [StandingReads] })
export class StandingReadsModule {}
