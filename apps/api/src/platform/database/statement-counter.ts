import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';
import { inBackground } from '../rounds/rounds.js';

const control = /^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET )/i;

/** Sees every statement that Prisma sends, but not what merely opens and ends a transaction. */
export class StatementCounter {
  /** Statements since the start. */
  count = 0;
  private readonly listeners = new Set<(sql: string) => void>();

  /** @returns a function that stops the listening. */
  listen(listener: (sql: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The statements sent while `work` runs, by whoever sends them, but not those whose time had come anyway. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const stop = this.listen((sql) => {
      if (!inBackground()) seen.push(sql);
    });
    try {
      await work();
    } finally {
      stop();
    }
    return seen;
  }

  /** The same factory, whose connections are counted here. */
  over(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
    return {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: async () => {
        const adapter = await factory.connect();
        this.watch(adapter);
        const begin = adapter.startTransaction.bind(adapter);
        adapter.startTransaction = async (isolationLevel) => {
          const transaction = await begin(isolationLevel);
          this.watch(transaction);
          return transaction;
        };
        return adapter;
      },
    };
  }

  private watch(queryable: SqlQueryable): void {
    const queryRaw = queryable.queryRaw.bind(queryable);
    const executeRaw = queryable.executeRaw.bind(queryable);
    queryable.queryRaw = (query) => queryRaw(this.seen(query));
    queryable.executeRaw = (query) => executeRaw(this.seen(query));
  }

  private seen(query: SqlQuery): SqlQuery {
    if (!control.test(query.sql)) {
      this.count += 1;
      for (const listener of this.listeners) listener(query.sql);
    }
    return query;
  }
}
