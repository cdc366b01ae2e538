import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Door } from '../../apps/api/src/platform/door/door.js';
import { systemActor } from '../../apps/api/src/platform/identity/actor.js';
import { IdentityService } from '../../apps/api/src/platform/identity/identity.service.js';
import { hashChosenPassword } from '../../apps/api/src/platform/identity/password-hash.js';
import type { OrganisationRole, TeamRole } from '../../apps/api/src/platform/identity/roles.js';

const organisationAct = {
  actor: systemActor,
  requestId: 'test',
  scope: { organisation: true },
  permission: 'organisation.manage',
} as const;

/** Gives a person roles, as nobody in the product could: without an administrator who does it. */
export async function grantRoles(
  app: NestFastifyApplication,
  userId: string,
  organisationRoles: readonly OrganisationRole[],
  teams: readonly { teamId: string; role: TeamRole }[],
): Promise<void> {
  const spec = { ...organisationAct, mutation: 'testRolesGrant', input: { userId } };
  await app.get(Door).act(spec, async (act) => {
    for (const role of organisationRoles)
      await act.tx.organisationRole.create({ data: { id: act.newId(), userId, role, grantedAt: act.now } });
    for (const { teamId, role } of teams)
      await act.tx.teamMember.create({ data: { id: act.newId(), teamId, userId, role, addedAt: act.now } });
    act.record({ act: 'test.roles_granted', subjectKind: 'user', subjectId: userId });
    return { userId };
  });
}

/** A team without members. */
export async function createTeam(app: NestFastifyApplication, key: string): Promise<{ id: string }> {
  const spec = { ...organisationAct, mutation: 'testTeamCreate', input: { key } };
  return app.get(Door).act(spec, async (act) => {
    const team = { id: act.newId(), key, name: `Team ${key}`, createdAt: act.now };
    await act.tx.team.create({ data: team });
    act.record({ act: 'team.created', subjectKind: 'team', subjectId: team.id });
    return { id: team.id };
  });
}

const hashes = new Map<string, Promise<string>>();

/** A person who can sign in, made as the first administrator is; whoever has the same password shares its hash. */
export async function createPerson(
  app: NestFastifyApplication,
  { password, ...person }: { name: string; email: string; password: string },
): Promise<{ userId: string }> {
  const hash = hashes.get(password) ?? hashChosenPassword(password, person.email);
  hashes.set(password, hash);
  const passwordHash = await hash;
  const identity = app.get(IdentityService, { strict: false });
  const spec = { ...organisationAct, mutation: 'userCreate', input: person };
  return app.get(Door).act(spec, async (act) => {
    const userId = await identity.insert(act, { ...person, password }, passwordHash);
    act.record({ act: 'user.created', subjectKind: 'user', subjectId: userId });
    return { userId };
  });
}
