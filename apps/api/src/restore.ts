import { createApp } from './create-app.js';
import { IncarnationService } from './modules/workflow/incarnation.service.js';
import type { Config } from './platform/config/config.js';
import { openDatabase } from './platform/database/open-database.js';
import { createLogger } from './platform/http/logger.js';

/**
 * `npm start -- restore`: to be run once after the database was restored from a copy, before or while servers run.
 * Repeating it does no harm. Listens on no port.
 * @param say a line of what was done
 */
export async function restore(config: Config, say: (line: string) => void): Promise<void> {
  const database = await openDatabase(config);
  const logger = createLogger(config.logLevel, process.stderr);
  try {
    const app = await createApp({ config, database, logger });
    try {
      await app.init();
      const reason = 'The database was restored from a copy';
      const count = await app
        .get(IncarnationService, { strict: false })
        .raiseAll(reason, ({ workflow, from, to }) => say(`${workflow}: ${from} -> ${to}`));
      say(
        count === 0
          ? 'There is no workflow: nothing was raised.'
          : `Raised ${String(count)} ${count === 1 ? 'workflow' : 'workflows'}. Instances that remember a later version than the copy follow again.`,
      );
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}
