import { ConfigError } from './platform/config/config-error.js';
import { FolderInUseError } from './platform/database/folder-lock.js';
import { MigrationError } from './platform/database/migration-error.js';
import { redactText } from './platform/http/redact.js';

/** What to tell who started the server and cannot: a sentence where we know what is wrong, else the stack. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof FolderInUseError || error instanceof MigrationError) {
    return redactText(error.message);
  }
  if (!(error instanceof Error)) return redactText(String(error));
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `Another program listens there already (${error.message}). Set PORT to a free port.`;
    case 'EACCES':
      return `The system does not allow it: ${error.message}`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return `The database server of DATABASE_URL cannot be reached (${redactText(error.message)}).`;
    default:
      return redactText(error.stack ?? error.message);
  }
}
