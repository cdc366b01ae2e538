import { Prisma, type PrismaClient } from '../database/generated/client.js';
import { type ConnectionArgs, type ConnectionOf, type Cursor, pageOf, toConnection } from './connection.js';
import { integerKey, instantKey } from './cursor-keys.js';
import type { Loaders } from './loaders.js';

/** A list inside the rows of another: the newest first, by a number or a time. Names of tables and columns are ours. */
export interface NestedList<R extends { id: string }> {
  /** Distinguishes the list within a request. */
  name: string;
  table: string;
  /** How a row `t` belongs to its parent, whose id is `p.id`. */
  belongs: Prisma.Sql;
  /** Column that orders it, downwards. */
  orderBy: string;
  keyType: 'integer' | 'instant';
  /** What else holds of its rows, which the statement calls `t`. */
  where?: Prisma.Sql;
  /** The rows of these ids, in any order. */
  rows: (ids: string[]) => Promise<R[]>;
  cursorOf: (row: R) => Cursor;
}

type Shape = Pick<NestedList<{ id: string }>, 'table' | 'belongs' | 'orderBy' | 'keyType' | 'where'>;
type Found = { parent: string; total: number; ids: string[] };
type Key = { parent: string; args: Pick<ConnectionArgs, 'first' | 'after' | 'offset'> };

async function find(client: PrismaClient, list: Shape, keys: readonly Key[]): Promise<Found[]> {
  const page = pageOf(keys[0]?.args as ConnectionArgs);
  const [table, order] = [list.table, list.orderBy].map((name) => Prisma.raw(`"${name}"`));
  const after = page.after && {
    id: page.after.id,
    key: list.keyType === 'integer' ? integerKey(page.after.key) : instantKey(page.after.key),
  };
  const following = after
    ? Prisma.sql`AND (t.${order}, t.id) < (${after.key}, ${after.id}::uuid)`
    : Prisma.empty;
  const where = list.where ?? Prisma.sql`TRUE`;
  return client.$queryRaw<Found[]>`
    SELECT p.id::text AS parent, (SELECT count(*)::int FROM ${table} t WHERE ${list.belongs} AND ${where}) AS total,
      ARRAY(SELECT t.id::text FROM ${table} t WHERE ${list.belongs} AND ${where} ${following}
            ORDER BY t.${order} DESC, t.id DESC LIMIT ${page.take} OFFSET ${page.skip}) AS ids
    FROM unnest(${keys.map((key) => key.parent)}::uuid[]) AS p(id)`;
}

/** One page of the list for one parent; two statements for all parents that ask for the same page. */
export async function nestedConnection<R extends { id: string }>(
  client: PrismaClient,
  loaders: Loaders,
  list: NestedList<R>,
  parent: string,
  { first, after, offset }: ConnectionArgs,
): Promise<ConnectionOf<R>> {
  const args = { first, after, offset };
  const page = pageOf(args);
  const loader = loaders.once(`${list.name} ${JSON.stringify(args)}`, async (keys: readonly Key[]) => {
    const found = await find(client, list, keys);
    const rows = new Map((await list.rows(found.flatMap((f) => f.ids))).map((row) => [row.id, row]));
    const byParent = new Map(found.map((f) => [f.parent, f]));
    return keys.map((key) => {
      const { ids, total } = byParent.get(key.parent) ?? { ids: [], total: 0 };
      const ordered = ids.map((id) => rows.get(id)).filter((row): row is R => row !== undefined);
      return toConnection(ordered, page, total, list.cursorOf);
    });
  });
  const connection = await loader.load({ parent, args });
  return connection ?? toConnection([], page, 0, list.cursorOf);
}
