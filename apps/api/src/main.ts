import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from './create-app.js';
import type { Config } from './platform/config/config.js';
import { isLoopbackHost } from './platform/config/loopback.js';
import { readConfig } from './platform/config/read-config.js';
import { openDatabase } from './platform/database/open-database.js';
import { OutboxRelay } from './platform/events/outbox-relay.js';
import { createLogger } from './platform/http/logger.js';
import { OpenRequests } from './platform/http/open-requests.js';
import { SetupService } from './platform/identity/setup.service.js';
import { startFailure } from './start-failure.js';
import { stop } from './stop.js';

/** How soon a change that another replica was not told of heals. */
const outboxPollMs = 1000;

async function main(): Promise<void> {
  const startedAt = performance.now();
  const { config, warnings } = readConfig(process.env, process.argv.slice(2));
  const logger = createLogger(config.logLevel);
  for (const warning of warnings) logger.warn(warning);

  const database = await openDatabase(config);
  const open = new OpenRequests();
  const app = await createApp({ config, database, logger }, open);
  await app.listen(config.port, config.host);
  app.get(OutboxRelay).start(outboxPollMs);
  const running = { app, database, open, logger };
  stopOnSignal(() => stop(running, config.shutdownGrace));

  const address = app.getHttpServer().address() as AddressInfo;
  const url = config.publicUrl ?? `http://${readableHost(config.host)}:${address.port}`;
  const token = await app.get(SetupService).issueLink(`start-${uuidv7()}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${greeting(config, url, token).join('\n')}\n  Started in ${seconds} s.\n\n`);
}

function greeting(config: Config, url: string, token: string | null): string[] {
  const lines = ['', `  Holdpoint is at ${url}`];
  if (config.databaseUrl === null) lines.push(`  Its data is in ${config.dataFolder}`);
  if (token !== null)
    lines.push('', '  Nobody can sign in yet. Make the first administrator (once, within 24 hours):');
  if (token !== null) lines.push(`  ${url}/setup?token=${token}`);
  return lines;
}

function readableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || isLoopbackHost(host))
    return host === '127.0.0.1' ? host : 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function stopOnSignal(end: () => Promise<void>): void {
  let stopping = false;
  const handle = (): void => {
    // A second Ctrl+C is for those who do not want to wait.
    if (stopping) process.exit(130);
    stopping = true;
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Could not stop in order: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
});
