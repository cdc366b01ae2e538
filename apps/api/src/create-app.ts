import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule, type AppParts } from './app.module.js';
import { serveConsole } from './platform/http/console-files.js';
import { newFastifyAdapter } from './platform/http/fastify-adapter.js';
import { guardRoutes } from './platform/http/guard-routes.js';
import { NestLogger } from './platform/http/nest-logger.js';
import { OpenRequests } from './platform/http/open-requests.js';
import { secureApp } from './platform/http/secure-app.js';
import { RuntimeKeys } from './platform/identity/runtime-keys.js';
import { RequestActors } from './platform/identity/request-actors.js';

/**
 * The whole product, not listening yet. The caller opened the database, migrated, and closes it after the app:
 * `await app.listen(config.port, config.host)`, then `await app.close()`, then `await database.close()`.
 */
export async function createApp(parts: AppParts, open = new OpenRequests()): Promise<NestFastifyApplication> {
  const { config, logger } = parts;
  const adapter = newFastifyAdapter(config, logger, open);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(parts), adapter, {
    logger: new NestLogger(logger.child({ part: 'nest' })),
    abortOnError: false,
    // Fastify's own parsers: JSON that may hold no __proto__, and nothing that a form can send.
    bodyParser: false,
    return503OnClosing: true,
  });
  secureApp(app, config);
  const actors = app.get(RequestActors, { strict: false });
  guardRoutes(adapter.getInstance<FastifyInstance>(), actors, app.get(RuntimeKeys, { strict: false }));
  serveConsole(adapter.getInstance<FastifyInstance>());
  return app;
}
