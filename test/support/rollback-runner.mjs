// Has a workflow fall back, to people and to search in turns, again and again, until it is killed. Says the idempotency key of each act
// before it and the rollback's id once it was acknowledged. Runs on the built API. The one argument is JSON.
import { randomUUID } from 'node:crypto';
import { createApp } from '../../apps/api/dist/create-app.js';
import { RollbackService } from '../../apps/api/dist/modules/rollback/rollback.service.js';
import { readConfig } from '../../apps/api/dist/platform/config/read-config.js';
import { openDatabase } from '../../apps/api/dist/platform/database/open-database.js';
import { createLogger } from '../../apps/api/dist/platform/http/logger.js';
import { loadActor } from '../../apps/api/dist/platform/identity/actor.reads.js';

const { dataFolder, databaseUrl, workflowId, responderId } = JSON.parse(process.argv[2]);
const database = await openDatabase({ databaseUrl, migrateUrl: databaseUrl, dataFolder });
const { config } = readConfig({ NODE_ENV: 'test', HOLDPOINT_DATA: dataFolder }, []);
// Not initialised: nothing is served, so neither schema nor listeners are needed, and it starts the sooner.
const app = await createApp({ config, database, logger: createLogger('error', process.stderr) });
const rollbacks = app.get(RollbackService, { strict: false });
const responder = await loadActor(database.client, responderId);

// In turns, so that each changes something: what is so already is refused.
for (let number = await database.client.rollback.count({ where: { workflowId } }); ; number += 1) {
  const to = number % 2 === 0 ? 'people' : 'search';
  const idempotencyKey = randomUUID();
  process.stdout.write(`asked ${idempotencyKey} ${to}\n`);
  const input = {
    ...{ workflowId, scope: 'stages', stageKeys: ['internal', 'limited'] },
    ...{ levers: [{ kind: 'fallback', to }], reason: 'It answers nonsense', idempotencyKey },
  };
  const { rollbackId } = await rollbacks.trigger(responder, 'run', input, performance.now());
  process.stdout.write(`done ${idempotencyKey} ${rollbackId}\n`);
}
