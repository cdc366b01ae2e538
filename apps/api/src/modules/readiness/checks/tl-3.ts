import type { Tool } from '../../workflow/contract.schema.js';
import type { Rule } from '../rule.js';

function problemOf({ name, effect, approval, idempotent }: Tool): string | null {
  // What it does to the world is unknown: then it counts as the worst.
  if ((effect ?? 'irreversible') === 'irreversible')
    return approval === 'human' ? null : `${name} cannot be undone and needs no person`;
  if (effect === 'write' && approval !== 'human' && !idempotent)
    return `${name} writes, is not idempotent and needs no person`;
  return null;
}

/** TL-3, computed half: a person before what cannot be undone; writes that can be repeated safely, or a person. */
export const tl3: Rule = ({ tools }) => {
  const place = { to: 'contract', field: 'tools.tools' } as const;
  if (!tools) return { status: 'fail', reason: 'The contract declares tools and lists none', place };
  const problems = tools.content.tools.map(problemOf).filter((problem) => problem !== null);
  if (problems.length > 0) return { status: 'fail', reason: problems.join('; '), place };
  const acting = tools.content.tools.filter((tool) => tool.effect !== 'read');
  return {
    status: 'pass',
    reason:
      acting.length === 0
        ? 'Every tool only reads'
        : `Tools that change something are approved by a person or idempotent: ${acting.map((tool) => tool.name).join(', ')}`,
    evaluatedFrom: tools.createdAt,
    place,
  };
};
