import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { isOrganisationRole } from '../../platform/identity/roles.js';
import type { HeldRole } from './person-access.types.js';

/** Who may sign in, and who gave them their roles. */
@Injectable()
export class PersonAccessReads {
  constructor(private readonly database: Database) {}

  /** False for a service or an agent, which is not a person. */
  async isDisabled(loaders: Loaders, userId: string): Promise<boolean> {
    const loader = loaders.once('personDisabled', async (ids: readonly string[]) => {
      const where = { id: { in: ids.filter(isUuid) } };
      const rows = await this.database.client.user.findMany({
        where,
        select: { id: true, disabledAt: true },
      });
      return indexed(ids, rows, (row) => row.id);
    });
    const row = await loader.load(userId);
    return row?.disabledAt != null;
  }

  async rolesOf(loaders: Loaders, userId: string): Promise<HeldRole[]> {
    const loader = loaders.once('personHeldRoles', async (ids: readonly string[]) => {
      const where = { userId: { in: ids.filter(isUuid) }, endedAt: null };
      const rows = await this.database.client.organisationRole.findMany({ where, orderBy: { role: 'asc' } });
      return grouped(ids, rows, (row) => row.userId).map((held) =>
        held.flatMap(({ role, deputy, source }) =>
          isOrganisationRole(role) ? [{ role, deputy, fromProvider: source === 'oidc' }] : [],
        ),
      );
    });
    return (await loader.load(userId)) ?? [];
  }
}
