import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { EventStreams } from './modules/runtime/event-streams.service.js';
import type { Database } from './platform/database/database.js';
import type { OpenRequests } from './platform/http/open-requests.js';

export type Running = { app: NestFastifyApplication; database: Database; open: OpenRequests; logger: Logger };

/** Stops accepting, ends streams, lets running requests finish within the grace, then closes the database. */
export async function stop({ app, database, open, logger }: Running, graceSeconds: number): Promise<void> {
  const server = app.getHttpServer();
  const cut = setTimeout(() => {
    if (open.count > 0)
      logger.warn({ requests: open.count }, 'requests that did not finish in time are cut off');
    server.closeAllConnections();
  }, graceSeconds * 1000);
  // A connection whose last request ends only now would be kept for the next one, which will not come.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  app.get(EventStreams, { strict: false }).sayGoodbye();
  open.endStreams();
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    clearInterval(sweep);
    await database.close();
  }
}
