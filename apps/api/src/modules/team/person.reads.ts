import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { isOrganisationRole, isTeamRole, type OrganisationRole } from '../../platform/identity/roles.js';
import type { TeamMembership, User, UserConnection } from './person.types.js';

const columns = { id: true, name: true, email: true } as const;

@Injectable()
export class PersonReads {
  constructor(private readonly database: Database) {}

  /** A person, or who acts by a key, by id; batched over the request; null for an unknown one. */
  load(loaders: Loaders, id: string): Promise<User | null> {
    return loaders
      .once('person', async (ids: readonly string[]) => {
        // Services and agents write versions and ask for promotions too, under the name of their key. One statement,
        // so that a page with such entries costs no more than one without.
        const rows = await this.database.client.$queryRaw<(Omit<User, 'kind'> & { kind: string | null })[]>`
          SELECT id::text AS id, name, email, NULL AS kind FROM "user" WHERE id = ANY(${ids.filter(isUuid)}::uuid[])
          UNION ALL
          SELECT id::text, name, '', kind FROM api_key WHERE id = ANY(${ids.filter(isUuid)}::uuid[])`;
        const found = rows.map(({ kind, ...user }): User => {
          if (kind === null) return user;
          return { ...user, kind: kind === 'agent' ? 'agent' : 'service' };
        });
        return indexed(ids, found, (user) => user.id);
      })
      .load(id);
  }

  /** A person who must exist: authors and makers are never removed. */
  async must(loaders: Loaders, id: string): Promise<User> {
    return (await this.load(loaders, id)) ?? { id, name: 'Unknown', email: '' };
  }

  /** Several, in the order given; unknown ones are left out. */
  async many(loaders: Loaders, ids: readonly string[]): Promise<User[]> {
    const found = await Promise.all(ids.map((id) => this.load(loaders, id)));
    return found.filter((user): user is User => user !== null);
  }

  byId(id: string): Promise<User | null> {
    return this.database.client.user.findUnique({ where: { id }, select: columns });
  }

  rolesOf(loaders: Loaders, userId: string): Promise<OrganisationRole[]> {
    const loader = loaders.once('personRoles', async (ids: readonly string[]) => {
      const where = { userId: { in: [...ids] }, endedAt: null };
      const rows = await this.database.client.organisationRole.findMany({ where, orderBy: { role: 'asc' } });
      return grouped(ids, rows, (row) => row.userId).map((held) =>
        held.map((row) => row.role).filter((role) => isOrganisationRole(role)),
      );
    });
    return loader.load(userId).then((roles) => roles ?? []);
  }

  membershipsOf(loaders: Loaders, userId: string): Promise<TeamMembership[]> {
    const loader = loaders.once('personMemberships', async (ids: readonly string[]) => {
      const where = { userId: { in: [...ids] }, endedAt: null };
      const rows = await this.database.client.teamMember.findMany({ where, orderBy: { addedAt: 'asc' } });
      return grouped(ids, rows, (row) => row.userId).map((held) =>
        held.flatMap(({ teamId, role }) => (isTeamRole(role) ? [{ teamId, role }] : [])),
      );
    });
    return loader.load(userId).then((memberships) => memberships ?? []);
  }

  /** People by name; `search` looks into name and e-mail. */
  async page(args: ConnectionArgs, search: string | null): Promise<UserConnection> {
    const page = pageOf(args);
    const match = search ? { contains: search, mode: 'insensitive' as const } : null;
    const where = match ? { OR: [{ name: match }, { email: match }] } : {};
    const [rows, total] = await Promise.all([
      this.database.client.user.findMany({
        where: { AND: [where, keysetWhere('name', 'asc', page.after)] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: page.take,
        skip: page.skip,
        select: columns,
      }),
      this.database.client.user.count({ where }),
    ]);
    return toConnection(rows, page, total, (row) => ({ key: row.name, id: row.id }));
  }
}
