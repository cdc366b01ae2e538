import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor, ActorKey } from '../../apps/api/src/platform/identity/actor.js';
import { routesOf } from '../../apps/api/src/platform/http/guard-routes.js';
import { can } from '../../apps/api/src/platform/permissions/can.js';
import { keyScopes } from '../../apps/api/src/platform/permissions/key-scopes.js';
import { permissions, type Permission } from '../../apps/api/src/platform/permissions/permission-table.js';
import {
  permissionOfRoute,
  routePermissions,
} from '../../apps/api/src/platform/permissions/route-permissions.js';
import type { OrganisationRole, TeamRole } from '../../apps/api/src/platform/identity/roles.js';
import { makeKey } from '../support/key.builder.js';
import { ask, operationsOf, unknownId, type Operation } from '../support/operations.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

interface Asker {
  name: string;
  /** Null: nobody. */
  as: Person | null;
  /** As the permission table sees it. */
  actor: Actor | null;
}

let world: World;
let team: StaffedTeam;
let workflowId: string;
let askers: Asker[];
let operations: Operation[];

/** But that of pages, whose keys have no other. */
const allScopes = keyScopes.filter((scope) => scope !== 'runtime-public');
const teamRolesAsked: TeamRole[] = ['member', 'reviewer', 'responder'];
const organisationRolesAsked: OrganisationRole[] = [
  ...(['auditor', 'administrator', 'risk_reviewer', 'security_reviewer', 'responder'] as const),
];

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  workflowId = (await registerWorkflow(world, team)).id;
  operations = operationsOf(world);
  askers = [{ name: 'anonymous', as: null, actor: null }, await person('nobody', [], [])];
  for (const role of teamRolesAsked) askers.push(await person(role, [role], []));
  for (const role of organisationRolesAsked)
    askers.push(await person(`the organisation's ${role}`, [], [role]));
  for (const scope of keyScopes) askers.push(await key(`key of ${scope}`, 'service', [scope]));
  askers.push(await key('agent', 'agent', ['ci']), await key('agent of every scope', 'agent', allScopes));
}, 120_000);
afterAll(() => world.close());

async function person(
  name: string,
  roles: TeamRole[],
  organisationRoles: OrganisationRole[],
): Promise<Asker> {
  const memberships = roles.map((role) => ({ teamId: team.id, role }));
  const as = await world.person({ organisationRoles, teams: memberships });
  const { userId: id } = as;
  const actor: Actor = {
    ...{ kind: 'user', id, name, organisationRoles, memberships },
    responsibleIds: [id],
  };
  return { name, as, actor };
}

async function key(name: string, kind: 'service' | 'agent', scopes: ActorKey['scopes']): Promise<Asker> {
  const as = await makeKey(world, team.reviewer, { kind, scopes, teamIds: [team.id] });
  const bound = { environment: 'production', teamIds: [team.id], workflowIds: [], committerId: null };
  const nothing = { organisationRoles: [], memberships: [], responsibleIds: [team.reviewer.userId] };
  return {
    name,
    as,
    actor: { kind, id: as.userId, name, ...nothing, key: { id: as.userId, scopes, ...bound } },
  };
}

/** Of the team where a team or workflow is asked about, and of nothing that exists otherwise. */
const fill = (path: readonly string[]): unknown => {
  const last = path.findLast((part) => !/^\d+$/.test(part));
  if (last === 'teamId') return team.id;
  if (last === 'teamIds') return path.at(-1) === last ? [team.id] : team.id;
  return last === 'workflowId' ? workflowId : undefined;
};

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'];

/** The refusal that an operation met, or null. */
async function refusalOf(operation: Operation, { as }: Asker): Promise<string | null> {
  const { document, variables } = ask(operation, fill);
  if (operation.kind === 'subscription') return refusedStream(document, variables, as);
  const { body } = await world.raw(document, variables, { as });
  const answered = body.data?.[operation.name] as { userErrors?: { code: string }[] } | null | undefined;
  const codes = [
    ...(body.errors ?? []).map((error) => error.extensions?.['code']),
    ...(answered?.userErrors ?? []).map((error) => error.code),
  ];
  expect({ operation: operation.name, codes, errors: body.errors }).not.toMatchObject({
    codes: expect.arrayContaining(['INTERNAL_SERVER_ERROR']),
  });
  if (codes.includes('GRAPHQL_VALIDATION_FAILED')) throw new Error(`${document}: ${JSON.stringify(body)}`);
  return refusals.find((code) => codes.includes(code)) ?? null;
}

async function refusedStream(query: string, variables: object, as: Person | null): Promise<string | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 400);
  let text = '';
  try {
    const response = await world.fetch('/graphql', {
      ...{ method: 'POST', body: JSON.stringify({ query, variables }), as, signal: stop.signal },
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    });
    for await (const piece of response.body ?? []) text += Buffer.from(piece as Uint8Array).toString('utf8');
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return refusals.find((code) => text.includes(code)) ?? null;
}

const expected = (permission: string, { actor }: Asker): string | null =>
  can(actor, permission as Permission) ? null : actor ? 'FORBIDDEN' : 'UNAUTHENTICATED';

describe('the matrix of actors and operations', () => {
  test('has every operation of the schema, each with a permission of the table', () => {
    expect(operations.length).toBeGreaterThan(60);
    expect(operations.filter(({ permission }) => !permission || !(permission in permissions))).toEqual([]);
  });

  test('has every route of the running product, each with a permission of the table, and no other', () => {
    const routes = routesOf(world.app.getHttpAdapter().getInstance());
    const undeclared = routes.filter(({ method, url }) => !permissionOfRoute(method, url));
    expect(undeclared).toEqual([]);
    const served = new Set(
      routes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`),
    );
    expect(Object.keys(routePermissions).filter((route) => !served.has(route))).toEqual([]);
    expect(permissionOfRoute('GET', '/api/nowhere')).toBeUndefined();
  });

  test('every cell of GraphQL is as the permission table says', async () => {
    const wrong: object[] = [];
    for (const operation of operations) {
      for (const asker of askers) {
        const says = expected(operation.permission ?? '', asker);
        const is = await refusalOf(operation, asker);
        if (is !== says) wrong.push({ operation: operation.name, asker: asker.name, says, is });
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('every cell of HTTP is as the permission table says', async () => {
    const wrong: object[] = [];
    const routes = Object.entries(routePermissions);
    // Last, because it works.
    routes.sort(([a], [b]) => Number(a.endsWith('/sign-out')) - Number(b.endsWith('/sign-out')));
    for (const asker of askers) {
      for (const [route, permission] of routes) {
        const [method = '', url = ''] = route.split(' ');
        const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
        const path = url.replace(':id', unknownId).replace('*', '');
        const response = await world.fetch(path, { method, as: asker.as, redirect: 'manual', ...body });
        await response.body?.cancel();
        const says = expected(permission, asker);
        const status = says === null ? 'let through' : says === 'FORBIDDEN' ? 403 : 401;
        const is = [401, 403].includes(response.status) ? response.status : 'let through';
        if (is !== status) wrong.push({ route, asker: asker.name, says: status, is });
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
