import type { Permission } from './permission-table.js';

/**
 * What each HTTP route needs, by method and address as it is registered. A route that is not here is refused to
 * everybody, and a test holds this list against the routes of the running product. GraphQL operations declare their own.
 */
export const routePermissions: Readonly<Record<string, Permission>> = {
  'GET /*': 'console.load',
  'GET /api/account': 'account.self',
  'GET /api/auth/get-session': 'session.self',
  'GET /api/auth/methods': 'session.start',
  'GET /api/auth/oidc/callback': 'session.start',
  'GET /api/auth/oidc/start': 'session.start',
  'GET /api/eval-uploads/:id': 'registry.read',
  'GET /api/setup/state': 'session.start',
  'GET /as-of.csv': 'registry.read',
  'GET /as-of.jsonl': 'registry.read',
  'GET /graphql': 'graphql.ask',
  'GET /healthz': 'health.read',
  'GET /ledger/checkpoint': 'ledger.export',
  'GET /ledger/export': 'ledger.export',
  'GET /ledger/key.pem': 'registry.read',
  'GET /ofrep/v1/stream/:channel': 'serve.listen',
  'GET /readyz': 'health.read',
  'GET /v1/snapshots/:key': 'serve.snapshots',
  'GET /v1/stream': 'serve.snapshots',
  'OPTIONS /graphql': 'graphql.ask',
  'OPTIONS /ofrep/v1/*': 'serve.ask',
  'POST /api/account/password': 'account.self',
  'POST /api/account/sessions/end': 'account.self',
  'POST /api/auth/oidc/logout': 'session.start',
  'POST /api/auth/sign-in/email': 'session.start',
  'POST /api/auth/sign-out': 'session.self',
  'POST /api/eval-uploads': 'evalRun.import',
  'POST /api/reset': 'session.start',
  'POST /api/setup': 'session.start',
  'POST /graphql': 'graphql.ask',
  'POST /ofrep/v1/evaluate/flags': 'serve.decisions',
  'POST /ofrep/v1/evaluate/flags/:key': 'serve.decisions',
  'POST /v1/heartbeats': 'instance.report',
};

/** @param url as registered, with its placeholders. Whoever may read may ask what reading would answer. */
export function permissionOfRoute(method: string, url: string): Permission | undefined {
  return routePermissions[
    `${method === 'HEAD' ? 'GET' : method} ${url.length > 1 ? url.replace(/\/$/, '') : url}`
  ];
}
