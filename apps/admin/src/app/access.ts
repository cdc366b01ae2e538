import type { Permission } from '@holdpoint/contract';

/** What the console's own resources need, in the words of the server's permission table. */
const needed: Readonly<Record<string, Readonly<Record<string, Permission>>>> = {
  workflows: { create: 'workflow.register', edit: 'workflow.edit' },
  promotions: { create: 'promotion.request', edit: 'promotion.request' },
  prompts: { create: 'prompt.edit', edit: 'prompt.edit' },
  models: { create: 'modelConfig.edit', edit: 'modelConfig.edit' },
  teams: { create: 'team.create', edit: 'team.manage' },
  keys: {
    list: 'key.read',
    show: 'key.read',
    create: 'key.manage',
    edit: 'key.manage',
    delete: 'key.manage',
  },
};

/**
 * What an action on a resource needs; null for one that is nobody's. Reading is `registry.read` unless it is said to be
 * something else. What is about one object, its `viewerCan…` says.
 */
export function permissionFor(resource: string, action: string): Permission | null {
  const own = needed[resource];
  if (!own) return null;
  return own[action] ?? (action === 'list' || action === 'show' ? 'registry.read' : null);
}
