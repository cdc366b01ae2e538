import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from './create-app.js';
import { addressOf, greeting } from './greeting.js';
import { CandidateStore } from './modules/runtime/candidate-store.service.js';
import { SnapshotStore } from './modules/runtime/snapshot-store.service.js';
import { readConfig } from './platform/config/read-config.js';
import { openDatabase } from './platform/database/open-database.js';
import { CheckpointTimer } from './platform/ledger/checkpoint-timer.js';
import { OutboxRelay } from './platform/events/outbox-relay.js';
import { createLogger } from './platform/http/logger.js';
import { OpenRequests } from './platform/http/open-requests.js';
import { demoEmailDomain } from './platform/identity/demo-people.js';
import { RuntimeKeys } from './platform/identity/runtime-keys.js';
import { SetupService } from './platform/identity/setup.service.js';
import { portIsFree } from './port-is-free.js';
import { startFailure } from './start-failure.js';
import { stop } from './stop.js';

/** How soon a change that another replica was not told of heals. */
const outboxPollMs = 1000;

/** How soon a change of what is served, or of who may ask, arrives here that this replica was not told of. */
const servingPollMs = 1000;

/** At most this long what has happened is not covered by a checkpoint. */
const checkpointEveryMs = 60_000;

/**
 * Connections that may wait to be taken: thousands of clients come back at once when a server does, and whoever finds no
 * room waits for seconds until its system tries again. The system bounds it further (net.core.somaxconn on Linux).
 */
const connectionsWaiting = 4096;

// Collecting a little more often keeps the memory of a server under load at half of what V8 would let it grow to.
setFlagsFromString('--heap-growing-percent=25');

async function main(): Promise<void> {
  const startedAt = performance.now();
  const [word, ...rest] = process.argv.slice(2);
  if (word === 'restore') {
    const { restore } = await import('./restore.js');
    await restore(readConfig(process.env, rest).config, (line) => process.stdout.write(`${line}\n`));
    return;
  }
  const { config, warnings } = readConfig(process.env, process.argv.slice(2));
  const logger = createLogger(config.logLevel);
  for (const warning of warnings) logger.warn(warning);

  await portIsFree(config.port, config.host);
  const database = await openDatabase(config);
  const open = new OpenRequests();
  const app = await createApp({ config, database, logger }, open);
  // Before anybody is let in: nobody sees half a history.
  if (config.demo) await (await import('./demo/seed-demo.js')).seedDemo(app);
  await app.listen({ port: config.port, host: config.host, backlog: connectionsWaiting });
  const running = { app, database, open, logger };
  stopOnSignal(() => stop(running, config.shutdownGrace));
  app.get(OutboxRelay).start(outboxPollMs);
  app.get(SnapshotStore, { strict: false }).start(servingPollMs);
  app.get(CandidateStore, { strict: false }).start(servingPollMs);
  app.get(RuntimeKeys, { strict: false }).start(servingPollMs);
  app.get(CheckpointTimer).start(checkpointEveryMs);
  if (config.demo) await (await import('./demo/demo-instances.js')).playDemoInstances(app);

  const { port } = app.getHttpServer().address() as AddressInfo;
  const setup = app.get(SetupService);
  const setupToken = await setup.issueLink(`start-${uuidv7()}`);
  const demoPerson = { email: { endsWith: `@${demoEmailDomain}` } };
  process.stdout.write(
    greeting({
      url: addressOf(config.publicUrl, config.host, port),
      dataFolder: config.databaseUrl === null ? config.dataFolder : null,
      setupToken,
      demo: config.demo && (await database.client.user.count({ where: demoPerson })) > 0,
      seconds: (performance.now() - startedAt) / 1000,
    }),
  );
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
