import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';

/**
 * When a key was last used: an observation, written at most once a minute and outside the request's path, so that no
 * request waits for it and none fails because of it.
 */
@Injectable()
export class KeyUse implements OnApplicationShutdown {
  private readonly underway = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  seen(keyId: string): void {
    if (this.underway.has(keyId)) return;
    const written = this.write(keyId)
      .catch((error: unknown) => this.logger.warn({ error, keyId }, 'the last use of a key was not written'))
      .finally(() => this.underway.delete(keyId));
    this.underway.set(keyId, written);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underway.values());
  }

  private async write(keyId: string): Promise<void> {
    await this.database.client.$executeRaw`
      UPDATE api_key SET last_used_at = clock_timestamp()
      WHERE id = ${keyId}::uuid AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - INTERVAL '1 minute')`;
  }
}
