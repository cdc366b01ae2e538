import { Prisma } from '../database/generated/client.js';
import type { Sight } from './visibility.js';

/** `maySee` as a condition on the workflow table under this alias. */
export function seenBy(sight: Sight, alias: string): Prisma.Sql {
  if (sight.all) return Prisma.sql`TRUE`;
  const table = Prisma.raw(alias);
  const open = sight.open ? Prisma.sql`NOT ${table}.restricted` : Prisma.sql`FALSE`;
  return Prisma.sql`(${open} OR ${table}.team_id = ANY(${[...sight.teamIds]}::uuid[])
    OR ${table}.id = ANY(${[...sight.workflowIds]}::uuid[]))`;
}
