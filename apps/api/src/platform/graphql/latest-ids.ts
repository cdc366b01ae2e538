import { Prisma, type PrismaClient } from '../database/generated/client.js';

/** Where to look for the newest row of each workflow. Names of tables and columns are ours. */
export interface Newest {
  table: string;
  /** Column whose highest value is the newest. */
  orderBy: string;
  /** What else holds of the row, which the statement calls `t`. */
  where?: Prisma.Sql;
}

/** Id of the newest row of each of these workflows, in one statement that does not read the older ones. */
export async function latestIds(
  client: PrismaClient,
  { table, orderBy, where = Prisma.sql`TRUE` }: Newest,
  workflowIds: readonly string[],
): Promise<string[]> {
  const [from, column] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${orderBy}"`)];
  const rows = await client.$queryRaw<{ id: string }[]>`
    SELECT newest.id::text FROM unnest(${[...workflowIds]}::uuid[]) AS w(id)
    CROSS JOIN LATERAL (
      SELECT t.id FROM ${from} t WHERE t.workflow_id = w.id AND ${where} ORDER BY t.${column} DESC LIMIT 1
    ) newest`;
  return rows.map((row) => row.id);
}
