import type { Tx } from '../database/database.js';

/** Whether somebody else than this person can administer: asked before the role or the person goes. */
export async function hasOtherAdministrator(tx: Pick<Tx, '$queryRaw'>, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ one: number }[]>`
    SELECT 1 AS one FROM organisation_role r JOIN "user" u ON u.id = r.user_id
    WHERE r.role = 'administrator' AND r.ended_at IS NULL AND u.disabled_at IS NULL AND u.id <> ${userId}::uuid
    LIMIT 1`;
  return rows.length > 0;
}
