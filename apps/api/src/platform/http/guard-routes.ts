import type { FastifyInstance } from 'fastify';
import type { RequestActors } from '../identity/request-actors.js';
import type { RuntimeKeys } from '../identity/runtime-keys.js';
import { can } from '../permissions/can.js';
import type { PermissionRule } from '../permissions/permission-rule.js';
import { permissions } from '../permissions/permission-table.js';
import { permissionOfRoute } from '../permissions/route-permissions.js';
import { Refusal } from '../refusal/refusal.js';

export interface Route {
  method: string;
  /** As registered, with its placeholders. */
  url: string;
}

const tables = new WeakMap<FastifyInstance, Route[]>();

/** Every route of the running product, whoever registered it. */
export const routesOf = (fastify: FastifyInstance): readonly Route[] => tables.get(fastify) ?? [];

/**
 * Asks the permission table before any route does: a route that declares nothing is closed to everybody. To be called
 * before the routes are registered. What a route is about (a team, a workflow) it asks itself.
 */
export function guardRoutes(fastify: FastifyInstance, actors: RequestActors, keys: RuntimeKeys): void {
  const table: Route[] = [];
  tables.set(fastify, table);
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) table.push({ method: one, url });
  });
  fastify.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    // Nothing is there; the answer to that is the same for everybody.
    if (url === undefined) return;
    const permission = permissionOfRoute(request.method, url);
    if (permission === undefined) throw new Refusal('FORBIDDEN', 'This address declares no permission');
    const rule: PermissionRule = permissions[permission];
    if (rule.everyone === 'anyone') return;
    if (rule.inMemory) {
      const key = keys.known(request.raw) ?? (await keys.find(request.raw));
      if (key && rule.scopes?.some((scope) => key.scopes.includes(scope))) return;
      if (!key && !(await actors.of(request))) throw new Refusal('UNAUTHENTICATED', 'This key is not valid');
      throw new Refusal('FORBIDDEN', `You may not do this: ${rule.description.toLowerCase()}`);
    }
    const actor = await actors.of(request);
    if (!actor) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
    if (!can(actor, permission))
      throw new Refusal('FORBIDDEN', `You may not do this: ${rule.description.toLowerCase()}`);
  });
}
