import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/log-levels.js';
import { redact } from './redact.js';

/** Injection token of the process's logger; `logger.child({ part: 'outbox' })` names who speaks. */
export const LOGGER = Symbol('logger');

/** One JSON object per line, to standard output unless told otherwise, with secrets taken out of whatever is logged. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (object: Record<string, unknown>) => redact(object) as Record<string, unknown>,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
