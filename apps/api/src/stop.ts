import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { Database } from './platform/database/database.js';
import type { OpenRequests } from './platform/http/open-requests.js';

export type Running = { app: NestFastifyApplication; database: Database; open: OpenRequests; logger: Logger };

/** Stops accepting, ends streams, lets running requests finish within the grace, then closes the database. */
export async function stop({ app, database, open, logger }: Running, graceSeconds: number): Promise<void> {
  const cut = setTimeout(() => {
    logger.warn({ requests: open.count }, 'requests that did not finish in time are cut off');
    open.cut();
  }, graceSeconds * 1000);
  open.endStreams();
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    await database.close();
  }
}
