import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AsOfModule } from './modules/as-of/as-of.module.js';
import { BreakGlassModule } from './modules/break-glass/break-glass.module.js';
import { EvalsModule } from './modules/evals/evals.module.js';
import { ModelModule } from './modules/model/model.module.js';
import { PromptModule } from './modules/prompt/prompt.module.js';
import { PromotionModule } from './modules/promotion/promotion.module.js';
import { ReadinessModule } from './modules/readiness/readiness.module.js';
import { ReleaseModule } from './modules/release/release.module.js';
import { ReleaseStandingModule } from './modules/release/release-standing.module.js';
import { RollbackModule } from './modules/rollback/rollback.module.js';
import { ChecklistModule } from './modules/checklist/checklist.module.js';
import { HomeModule } from './modules/home/home.module.js';
import { IncidentModule } from './modules/incident/incident.module.js';
import { KeyModule } from './modules/key/key.module.js';
import { LedgerModule } from './modules/ledger/ledger.module.js';
import { RuntimeModule } from './modules/runtime/runtime.module.js';
import { AdoptionModule } from './modules/stage/adoption.module.js';
import { StageModule } from './modules/stage/stage.module.js';
import { TeamModule } from './modules/team/team.module.js';
import { TelemetryModule } from './modules/telemetry/telemetry.module.js';
import { RegistrationModule } from './modules/workflow/registration.module.js';
import { RetirementModule } from './modules/workflow/retirement.module.js';
import { WorkflowModule } from './modules/workflow/workflow.module.js';
import { WaiverModule } from './modules/waiver/waiver.module.js';
import type { Config } from './platform/config/config.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Database } from './platform/database/database.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DoorModule } from './platform/door/door.module.js';
import { CheckpointModule } from './platform/ledger/checkpoint.module.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdentityModule } from './platform/identity/identity.module.js';

export type AppParts = { config: Config; database: Database; logger: Logger };

@Module({})
export class AppModule {
  static for({ config, database, logger }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(config),
        DatabaseModule.of(database),
        HttpModule.for(logger),
        DoorModule,
        CheckpointModule,
        IdentityModule,
        GraphqlModule,
        BreakGlassModule,
        EvalsModule,
        ChecklistModule,
        HomeModule,
        IncidentModule,
        KeyModule,
        LedgerModule,
        StageModule,
        TeamModule,
        WorkflowModule,
        RegistrationModule,
        RetirementModule,
        PromptModule,
        ModelModule,
        ReleaseModule,
        ReleaseStandingModule,
        ReadinessModule,
        AdoptionModule,
        PromotionModule,
        RuntimeModule,
        RollbackModule,
        TelemetryModule,
        WaiverModule,
        AsOfModule,
      ],
    };
  }
}
