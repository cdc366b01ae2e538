import { Prisma, type PrismaClient } from '../database/generated/client.js';
import type { Actor, Membership } from './actor.js';
import { isOrganisationRole, isTeamRole, type OrganisationRole } from './roles.js';

/** The outer client or a transaction's; one raw statement is all that is asked of it. */
type Queryable = Pick<PrismaClient, '$queryRaw'>;

/** As `actorStatement` gives it. */
export type ActorRow = {
  id: string;
  name: string;
  email: string;
  organisation_roles: string[];
  memberships: { teamId: string; role: string }[];
};

/**
 * One row with the person and the roles held now; none when unknown or disabled.
 * @param userId an expression of type uuid
 */
export const actorStatement = (userId: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT u.id::text AS id, u.name, u.email,
      coalesce((
        SELECT json_agg(DISTINCT r.role ORDER BY r.role) FROM organisation_role r
        WHERE r.user_id = u.id AND r.ended_at IS NULL
      ), '[]'::json) AS organisation_roles,
      coalesce((
        SELECT json_agg(json_build_object('teamId', m.team_id, 'role', m.role) ORDER BY m.team_id, m.role)
        FROM team_member m
        WHERE m.user_id = u.id AND m.ended_at IS NULL
      ), '[]'::json) AS memberships
    FROM "user" u
    WHERE u.id = ${userId} AND u.disabled_at IS NULL`;

/** Ended roles and memberships are left out. Roles that this version does not know grant nothing. */
export const actorOf = (row: ActorRow): Actor => ({
  kind: 'user',
  id: row.id,
  name: row.name,
  organisationRoles: row.organisation_roles.filter((role): role is OrganisationRole =>
    isOrganisationRole(role),
  ),
  memberships: row.memberships.filter((m): m is Membership => isTeamRole(m.role)),
  responsibleIds: [row.id],
});

/** The person with the roles held now, in one statement; null when unknown or disabled. */
export async function loadActor(db: Queryable, userId: string): Promise<Actor | null> {
  const [row] = await db.$queryRaw<ActorRow[]>(actorStatement(Prisma.sql`${userId}::uuid`));
  return row ? actorOf(row) : null;
}
