import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { RequestActors } from '../identity/request-actors.js';
import type { Logger } from 'pino';
import { LOGGER } from '../http/logger.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PermitGuard } from '../permissions/permit.guard.js';
import { askingActor } from './asking-actor.js';
import { ChangesResolver } from './changes.resolver.js';
import { graphqlLimits, limitPlugins } from './limits.js';
import { Loaders } from './loaders.js';
import { YogaDriver, type YogaDriverOptions } from './yoga.driver.js';

@Module({
  imports: [
    GraphQLModule.forRootAsync<YogaDriverOptions>({
      driver: YogaDriver,
      imports: [IdentityModule],
      inject: [RequestActors, LOGGER],
      useFactory: (actors: RequestActors, logger: Logger) => ({
        logger: logger.child({ part: 'graphql' }),
        autoSchemaFile: true,
        sortSchema: true,
        path: '/graphql',
        // The schema is checked when it is emitted, and once more by the first request.
        buildSchemaOptions: { scalarsMap: [], noDuplicatedFields: true, skipCheck: true },
        bodyLimit: graphqlLimits.bodyBytes,
        plugins: limitPlugins(),
        contextOf: async (request) => ({
          actor: await askingActor(actors, request),
          requestId: request.id,
          loaders: new Loaders(),
        }),
      }),
    }),
  ],
  providers: [ChangesResolver, { provide: APP_GUARD, useClass: PermitGuard }],
})
export class GraphqlModule {}
