import { randomUUID } from 'node:crypto';
import type { UserError } from './promotion.builder.js';
import type { Person, World } from './world.js';

export interface Triggered {
  rollback: { id: string; incarnation: number; epoch: number } | null;
  userErrors: UserError[];
}

/** Rolls back with these levers; every stage that serves anything unless told otherwise. */
export function rollBack(
  world: World,
  as: Person,
  workflowId: string,
  over: Record<string, unknown> = {},
): Promise<Triggered> {
  return world.act<Triggered>(
    'rollbackTrigger',
    'rollback { id incarnation epoch }',
    {
      ...{ workflowId, scope: 'workflow', levers: [{ kind: 'disable' }] },
      ...{ reason: 'It answers with what nobody wrote', idempotencyKey: randomUUID() },
      ...over,
    },
    as,
  );
}
