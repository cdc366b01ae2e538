// Writes docs/permissions.md from the permission table, the operations of the running product and its routes.
import 'reflect-metadata';
import { format } from 'prettier';

const scopes = ['ci', 'runtime', 'runtime-public', 'narrow', 'read'];
const columns = [
  ['anyone', (rule) => rule.everyone === 'anyone'],
  ['signed in', (rule) => rule.everyone !== undefined],
  ['team member', (rule) => rule.team?.includes('member')],
  ['team reviewer', (rule) => rule.team?.includes('reviewer')],
  ['team responder', (rule) => rule.team?.includes('responder')],
  ['responder', (rule) => rule.organisation?.includes('responder')],
  ['risk reviewer', (rule) => rule.organisation?.includes('risk_reviewer')],
  ['security reviewer', (rule) => rule.organisation?.includes('security_reviewer')],
  ['auditor', (rule) => rule.organisation?.includes('auditor')],
  ['administrator', (rule) => rule.organisation?.includes('administrator')],
];

/** `query workflows`, `mutation teamCreate` …, by the permission that the resolver declares. */
function operationsByPermission(modules, permitKey) {
  const found = new Map();
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype !== 'function' || !metatype.prototype) continue;
      for (const key of Object.getOwnPropertyNames(metatype.prototype)) {
        const method = Object.getOwnPropertyDescriptor(metatype.prototype, key)?.value;
        if (typeof method !== 'function') continue;
        const kind = Reflect.getMetadata('graphql:resolver_type', method);
        const permission = Reflect.getMetadata(permitKey, method);
        if (!permission || !['Query', 'Mutation', 'Subscription'].includes(kind)) continue;
        found.set(permission, [...(found.get(permission) ?? []), key]);
      }
    }
  }
  return found;
}

const mark = (holds) => (holds ? 'yes' : '');
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function keysOf(rule) {
  if (rule.personsOnly) return 'never';
  if (rule.everyone === 'anyone') return 'any';
  const names = scopes.filter((scope) => rule.scopes?.includes(scope));
  return `${names.join(', ')}${rule.production ? ' (production)' : ''}`;
}

export async function permissionsPage({ permissions, routePermissions, modules, permitKey, config }) {
  const operations = operationsByPermission(modules, permitKey);
  const names = Object.keys(permissions).sort();
  const matrix = names.map((name) => {
    const rule = permissions[name];
    return [`\`${name}\``, rule.description, ...columns.map(([, holds]) => mark(holds(rule))), keysOf(rule)];
  });
  const uses = names.map((name) => {
    const routes = Object.keys(routePermissions).filter((route) => routePermissions[route] === name);
    const listed = (all) =>
      all
        .sort()
        .map((one) => `\`${one}\``)
        .join(', ');
    return [`\`${name}\``, listed([...(operations.get(name) ?? [])]), listed(routes)];
  });
  const text = `# Who may do what

<!-- Emitted by npm run schema from the permission table; do not edit. -->

The API's guard, the door through which state changes, the console and this page read one table. A team role counts in its own team only; every other role counts for the whole organisation. A deputy has the powers of the role. An administrator gets what the table says and no more: nobody approves their own work, whatever their roles.

A _restricted_ workflow exists for its team, auditors, administrators and organisation-wide responders, and for keys that are bound to it or to its team. To everybody else it is answered as if it had never existed.

An API key holds no role. It may do what one of its scopes names, for the teams and workflows that it is bound to; _never_ marks what no service or agent does whatever its scopes.

## Permissions

${table(['permission', 'lets', ...columns.map(([title]) => title), 'keys'], matrix)}

## Where each is asked

Operations are GraphQL's; beside what is listed here, an operation on one object asks rules of that object.

${table(['permission', 'operations', 'HTTP routes'], uses)}
`;
  return format(text, { ...config, parser: 'markdown' });
}
