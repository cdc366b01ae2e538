import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { OidcConfig } from '../config/oidc-config.js';
import { Database, type Tx } from '../database/database.js';
import type { Act } from '../door/act.types.js';
import { Door } from '../door/door.js';
import { LOGGER } from '../http/logger.js';
import { systemActor } from './actor.js';
import { hasOtherAdministrator } from './last-administrator.reads.js';
import { type HeldRole, roleChanges, rolesOfGroups, wordOfMapped } from './oidc-groups.domain.js';
import { isOrganisationRole, isTeamRole, type MappedRole } from './roles.js';

type Queryable = Pick<Tx, 'organisationRole' | 'teamMember'>;

/** Roles by the groups of the identity provider: added and ended at every sign-in; those given by hand stay. */
@Injectable()
export class OidcRolesService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async apply(
    userId: string,
    groups: readonly string[],
    settings: OidcConfig,
    requestId: string,
  ): Promise<void> {
    const wanted = rolesOfGroups(groups, settings.groups);
    const teams = await this.teamsOf(wanted);
    const known = wanted.filter((mapped) => 'organisation' in mapped || teams.has(mapped.team));
    const changes = roleChanges(await heldBy(this.database.client, userId), known);
    if (changes.add.length + changes.end.length === 0) return;
    await this.door.act(
      {
        ...{ actor: systemActor, requestId, mutation: 'oidcRolesMap', input: {} },
        ...{ scope: { organisation: true }, permission: 'organisation.manage' },
      },
      async (act) => {
        const { add, end } = roleChanges(await heldBy(act.tx, userId), known);
        const kept = await lastAdministratorIn(act, userId, end);
        const ended = end.filter((held) => held !== kept);
        if (add.length + ended.length === 0) return act.withoutEffect({ userId });
        await endRoles(act, ended);
        for (const mapped of add) await addRole(act, userId, mapped, teams);
        act.record({
          act: 'user.roles_mapped',
          subjectKind: 'user',
          subjectId: userId,
          data: {
            granted: add.map(wordOfMapped),
            ended: ended.map(({ mapped }) => wordOfMapped(mapped)),
            ...(kept ? { keptLastAdministrator: true } : {}),
          },
        });
        return { userId };
      },
    );
  }

  /** Ids by key of the teams that the table names; one that does not exist gives no role and is said in the log. */
  private async teamsOf(wanted: readonly MappedRole[]): Promise<Map<string, string>> {
    const keys = [...new Set(wanted.flatMap((mapped) => ('team' in mapped ? [mapped.team] : [])))];
    if (keys.length === 0) return new Map();
    const where = { key: { in: keys } };
    const rows = await this.database.client.team.findMany({ where, select: { id: true, key: true } });
    const teams = new Map(rows.map(({ key, id }) => [key, id]));
    const unknown = keys.filter((key) => !teams.has(key));
    if (unknown.length > 0) this.logger.warn({ teams: unknown }, 'HOLDPOINT_OIDC_GROUPS names unknown teams');
    return teams;
  }
}

async function heldBy(db: Queryable, userId: string): Promise<HeldRole[]> {
  const where = { userId, endedAt: null };
  const roles = await db.organisationRole.findMany({ where });
  const memberships = await db.teamMember.findMany({ where, include: { team: { select: { key: true } } } });
  return [
    ...roles.flatMap(({ id, source, role }) =>
      isOrganisationRole(role) ? [{ id, source, mapped: { organisation: role } }] : [],
    ),
    ...memberships.flatMap(({ id, source, role, team }) =>
      isTeamRole(role) ? [{ id, source, mapped: { team: team.key, role } }] : [],
    ),
  ];
}

/** The row that must not end, as nobody else could administer then. */
async function lastAdministratorIn(
  act: Act,
  userId: string,
  end: readonly HeldRole[],
): Promise<HeldRole | null> {
  const row = end.find(({ mapped }) => 'organisation' in mapped && mapped.organisation === 'administrator');
  if (!row || (await hasOtherAdministrator(act.tx, userId))) return null;
  return row;
}

async function endRoles(act: Act, rows: readonly HeldRole[]): Promise<void> {
  const ids = (of: 'organisation' | 'team') => rows.filter(({ mapped }) => of in mapped).map(({ id }) => id);
  const data = { endedAt: act.now };
  await act.tx.organisationRole.updateMany({ where: { id: { in: ids('organisation') } }, data });
  await act.tx.teamMember.updateMany({ where: { id: { in: ids('team') } }, data });
}

async function addRole(
  act: Act,
  userId: string,
  mapped: MappedRole,
  teams: ReadonlyMap<string, string>,
): Promise<void> {
  const row = { id: act.newId(), userId, source: 'oidc' };
  if ('organisation' in mapped) {
    const role = mapped.organisation;
    await act.tx.organisationRole.create({ data: { ...row, role, grantedAt: act.now } });
    return;
  }
  const teamId = teams.get(mapped.team);
  if (teamId === undefined) return;
  await act.tx.teamMember.create({ data: { ...row, teamId, role: mapped.role, addedAt: act.now } });
}
