import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../config/config.js';
import { sessionSecret } from '../config/session-secret.js';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import { AuthController } from './auth.controller.js';
import { AUTH, createAuth } from './auth.js';
import { IdentityService } from './identity.service.js';
import { KeyUse } from './key-use.js';
import { RequestActors } from './request-actors.js';
import { SessionService } from './session.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInLedger } from './sign-in-ledger.js';

@Global()
@Module({
  controllers: [AuthController, SetupController],
  providers: [
    {
      provide: AUTH,
      inject: [CONFIG, Database, LOGGER],
      useFactory: async (config: Config, database: Database, logger: Logger) =>
        createAuth(config, database.client, await sessionSecret(config), logger),
    },
    IdentityService,
    KeyUse,
    RequestActors,
    SessionService,
    SetupService,
    SignInLedger,
  ],
  exports: [IdentityService, RequestActors, SetupService],
})
export class IdentityModule {}
