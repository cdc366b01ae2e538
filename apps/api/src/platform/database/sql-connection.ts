import type { PGlite } from '@electric-sql/pglite';
import type { ClientBase } from 'pg';

type Row = Record<string, unknown>;

/** One connection that holds its session: what migrations need of either engine. */
export type SqlConnection = {
  query<T extends Row>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Several statements at once, without parameters. */
  script(sql: string): Promise<void>;
};

export function overEmbedded(database: PGlite): SqlConnection {
  return {
    query: async <T extends Row>(sql: string, values: unknown[] = []) =>
      (await database.query<T>(sql, values)).rows,
    script: async (sql) => {
      await database.exec(sql);
    },
  };
}

export function overPostgres(client: ClientBase): SqlConnection {
  return {
    query: async <T extends Row>(sql: string, values: unknown[] = []) =>
      (await client.query<T>(sql, values)).rows,
    script: async (sql) => {
      await client.query(sql);
    },
  };
}
