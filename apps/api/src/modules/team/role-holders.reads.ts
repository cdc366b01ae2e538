import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { isOrganisationRole, isTeamRole, type OrganisationRole } from '../../platform/identity/roles.js';
import { seeAllRoles } from '../../platform/permissions/visibility.js';
import type { Holders } from './role-warnings.domain.js';

type Held = { userId: string; role: string };

/** Who holds which role now, of those who may sign in. */
@Injectable()
export class RoleHoldersReads {
  constructor(private readonly database: Database) {}

  async ofOrganisation(loaders: Loaders): Promise<Partial<Record<OrganisationRole, string[]>>> {
    const loader = loaders.once('organisationRoleHolders', async (keys: readonly string[]) => {
      const rows = await this.database.client.$queryRaw<Held[]>`
        SELECT DISTINCT r.user_id::text AS "userId", r.role FROM organisation_role r JOIN "user" u ON u.id = r.user_id
        WHERE r.ended_at IS NULL AND u.disabled_at IS NULL`;
      return keys.map(() => byRole(rows, isOrganisationRole));
    });
    return (await loader.load('all')) ?? {};
  }

  async ofTeam(loaders: Loaders, teamId: string): Promise<Holders['team']> {
    return byRole(await this.members(loaders, teamId), isTeamRole);
  }

  /** Persons who see a restricted workflow of this team. */
  async whoSee(loaders: Loaders, teamId: string): Promise<string[]> {
    const organisation = await this.ofOrganisation(loaders);
    const members = await this.members(loaders, teamId);
    const wide = seeAllRoles.flatMap((role) => organisation[role] ?? []);
    return [...new Set([...members.map((member) => member.userId), ...wide])];
  }

  private async members(loaders: Loaders, teamId: string): Promise<Held[]> {
    const loader = loaders.once('teamRoleHolders', async (ids: readonly string[]) => {
      const rows = await this.database.client.$queryRaw<(Held & { teamId: string })[]>`
        SELECT DISTINCT m.team_id::text AS "teamId", m.user_id::text AS "userId", m.role
        FROM team_member m JOIN "user" u ON u.id = m.user_id
        WHERE m.team_id = ANY(${[...ids]}::uuid[]) AND m.ended_at IS NULL AND u.disabled_at IS NULL`;
      return grouped(ids, rows, (row) => row.teamId);
    });
    return (await loader.load(teamId)) ?? [];
  }
}

function byRole<R extends string>(
  rows: readonly Held[],
  isRole: (role: string) => role is R,
): Partial<Record<R, string[]>> {
  const found: Partial<Record<R, string[]>> = {};
  for (const { userId, role } of rows) if (isRole(role)) (found[role] ??= []).push(userId);
  return found;
}
