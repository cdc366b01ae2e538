import { Injectable } from '@nestjs/common';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Prisma, PrismaClient } from './generated/client.js';
import type { Notifications } from './notifications.js';
import { StatementCounter } from './statement-counter.js';

/** What a query inside a transaction goes through. On the embedded database any other way would wait for ever. */
export type Tx = Prisma.TransactionClient;

export type DatabaseParts = {
  engine: 'pglite' | 'postgres';
  adapter: SqlDriverAdapterFactory;
  notifications: Notifications;
  /** PostgreSQL only: the role could not be given up, so that grants protect nothing and triggers alone do. */
  asOwner: boolean;
  /** Releases what lies under the adapter. */
  release: () => Promise<void>;
};

/** The registry's database, whichever engine it runs on. Whoever opened it closes it, after everything that uses it. */
@Injectable()
export class Database {
  /** For reads outside acts. */
  readonly client: PrismaClient;
  readonly engine: 'pglite' | 'postgres';
  readonly asOwner: boolean;
  readonly statements = new StatementCounter();
  private closing: Promise<void> | null = null;

  constructor(private readonly parts: DatabaseParts) {
    this.engine = parts.engine;
    this.asOwner = parts.asOwner;
    this.client = new PrismaClient({
      adapter: this.statements.over(parts.adapter),
      transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    });
  }

  /** From outside a transaction only: inside, it takes a lock on the whole server. Payload under 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void> {
    return this.parts.notifications.notify(channel, payload);
  }

  /** Hears what this and other processes notify. @returns a function that stops the listening. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    return this.parts.notifications.listen(channel, heard);
  }

  /** Lets go of every connection and file. Safe to call again. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.parts.notifications.close();
      await this.client.$disconnect();
      await this.parts.release();
    })();
    return this.closing;
  }
}
