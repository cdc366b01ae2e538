import type { PGlite, Transaction as EmbeddedTransaction } from '@electric-sql/pglite';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/** Thrown inside the engine's own transaction function, which rolls back on it. */
class RolledBack extends Error {}

/**
 * pglite-prisma-adapter, with transactions of our own: the library's commit resolves even when COMMIT was refused,
 * and deferred triggers refuse exactly there. Its way of asking for an isolation level is no better: outside the
 * transaction, to no effect. One connection needs none.
 */
export class EmbeddedAdapterFactory implements SqlDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = 'pglite-prisma-adapter';

  constructor(private readonly database: PGlite) {}

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await new PrismaPGlite(this.database).connect();
    adapter.startTransaction = (_isolationLevel?: IsolationLevel) => begin(this.database);
    return adapter;
  }
}

async function begin(database: PGlite): Promise<Transaction> {
  let settle: (rollback: boolean) => void = () => undefined;
  const settled = new Promise<boolean>((resolve) => (settle = resolve));
  let ended: Promise<void> = Promise.resolve();

  const inner = await new Promise<EmbeddedTransaction>((resolve, reject) => {
    ended = database.transaction(async (transaction) => {
      resolve(transaction);
      if (await settled) throw new RolledBack();
    });
    ended.catch(reject);
  });
  // The library only calls query and exec, which the engine and its transaction have alike.
  const queryable = await new PrismaPGlite(inner as unknown as PGlite).connect();

  const rollback = async (): Promise<void> => {
    settle(true);
    await ended.catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  };
  const savepoint = async (sql: string): Promise<void> => {
    await queryable.executeRaw({ sql, args: [], argTypes: [] });
  };
  return {
    provider: 'postgres',
    adapterName: queryable.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => queryable.queryRaw(query),
    executeRaw: (query) => queryable.executeRaw(query),
    commit: async () => {
      try {
        // Deferred triggers speak here, through the library's own translation of errors.
        await queryable.executeRaw({ sql: 'SET CONSTRAINTS ALL IMMEDIATE', args: [], argTypes: [] });
      } catch (error) {
        await rollback();
        throw error;
      }
      settle(false);
      await ended;
    },
    rollback,
    createSavepoint: (name) => savepoint(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => savepoint(`ROLLBACK TO SAVEPOINT ${name}`),
    releaseSavepoint: (name) => savepoint(`RELEASE SAVEPOINT ${name}`),
  };
}
