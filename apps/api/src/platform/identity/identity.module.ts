import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../config/config.js';
import { sessionSecret } from '../config/session-secret.js';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { AuthController } from './auth.controller.js';
import { AUTH, createAuth } from './auth.js';
import { IdentityProvider } from './identity-provider.js';
import { IdentityService } from './identity.service.js';
import { KeyUse } from './key-use.js';
import { OidcController } from './oidc.controller.js';
import { OidcLogoutService } from './oidc-logout.service.js';
import { OidcPersonService } from './oidc-person.service.js';
import { OidcRolesService } from './oidc-roles.service.js';
import { OidcSignInService } from './oidc-sign-in.service.js';
import { PasswordService } from './password.service.js';
import { RequestActors } from './request-actors.js';
import { RuntimeKeys } from './runtime-keys.js';
import { ResetController } from './reset.controller.js';
import { ResetLinkService } from './reset-link.service.js';
import { SESSION_SECRET } from './session-secret-token.js';
import { SessionService } from './session.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInLedger } from './sign-in-ledger.js';
import { SignInThrottle } from './sign-in-throttle.js';

@Global()
@Module({
  controllers: [AccountController, AuthController, OidcController, ResetController, SetupController],
  providers: [
    {
      provide: AUTH,
      inject: [CONFIG, Database, SESSION_SECRET, LOGGER],
      useFactory: (config: Config, database: Database, secret: string, logger: Logger) =>
        createAuth(config, database.client, secret, logger),
    },
    {
      provide: SESSION_SECRET,
      inject: [CONFIG],
      useFactory: (config: Config) => sessionSecret(config),
    },
    AccountService,
    IdentityProvider,
    IdentityService,
    KeyUse,
    RuntimeKeys,
    OidcLogoutService,
    OidcPersonService,
    OidcRolesService,
    OidcSignInService,
    PasswordService,
    RequestActors,
    ResetLinkService,
    SessionService,
    SetupService,
    SignInLedger,
    SignInThrottle,
  ],
  exports: [SESSION_SECRET, RuntimeKeys, IdentityService, RequestActors, ResetLinkService, SetupService],
})
export class IdentityModule {}
