import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { isTeamRole } from '../../platform/identity/roles.js';
import type { Team, TeamConnection, TeamMember } from './team.types.js';

@Injectable()
export class TeamReads {
  constructor(private readonly database: Database) {}

  load(loaders: Loaders, id: string): Promise<Team | null> {
    return loaders
      .once('team', async (ids: readonly string[]) => {
        const rows = await this.database.client.team.findMany({ where: { id: { in: [...ids] } } });
        return indexed(ids, rows, (team) => team.id);
      })
      .load(id);
  }

  /** The team that something belongs to; teams are never removed. */
  async must(loaders: Loaders, id: string): Promise<Team> {
    const team = await this.load(loaders, id);
    if (!team) throw new Error(`There is no team ${id}`);
    return team;
  }

  async find(by: { id?: string | null; key?: string | null }): Promise<Team | null> {
    if (by.id) return isUuid(by.id) ? this.database.client.team.findUnique({ where: { id: by.id } }) : null;
    return by.key ? this.database.client.team.findUnique({ where: { key: by.key } }) : null;
  }

  /** Who is in the team now, one entry for each role. */
  async members(loaders: Loaders, teamId: string): Promise<TeamMember[]> {
    const loader = loaders.once('teamMembers', async (ids: readonly string[]) => {
      const rows = await this.database.client.teamMember.findMany({
        where: { teamId: { in: [...ids] }, endedAt: null },
        orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
      });
      return grouped(ids, rows, (row) => row.teamId);
    });
    const rows = (await loader.load(teamId)) ?? [];
    return rows.flatMap(({ id, userId, role, addedAt }) =>
      isTeamRole(role) ? [{ id, userId, role, addedAt }] : [],
    );
  }

  async page(args: ConnectionArgs): Promise<TeamConnection> {
    const page = pageOf(args);
    const [rows, total] = await Promise.all([
      this.database.client.team.findMany({
        where: keysetWhere('name', 'asc', page.after),
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: page.take,
        skip: page.skip,
      }),
      this.database.client.team.count(),
    ]);
    return toConnection(rows, page, total, (row) => ({ key: row.name, id: row.id }));
  }
}
