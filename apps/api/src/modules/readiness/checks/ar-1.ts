import type { LayerKind } from '../../workflow/contract.schema.js';
import type { Facts } from '../readiness.facts.js';
import type { Rule } from '../rule.js';

/** Layers that the release has whether or not the contract names them. */
function layersOf({ core, retrieval, tools }: Facts): Set<LayerKind> {
  const { pattern } = core.content;
  const found = new Set<LayerKind>();
  if (retrieval || pattern === 'prompt_retrieval') found.add('retrieval');
  if (tools || pattern === 'prompt_tools' || pattern === 'agentic_loop') found.add('tools');
  return found;
}

/** AR-1: the pattern, and the failure that each added layer solves. */
export const ar1: Rule = (facts) => {
  const { pattern, layers } = facts.core.content;
  const place = { to: 'contract', field: 'core.layers' } as const;
  const named = new Map(layers.map((layer) => [layer.kind, layer.solvesFailure.trim()]));
  const silent = [...layersOf(facts)].filter((layer) => !named.has(layer));
  const empty = layers.filter((layer) => layer.solvesFailure.trim() === '').map((layer) => layer.kind);
  const lacking = [...silent, ...empty];
  if (lacking.length > 0) {
    return {
      status: 'fail',
      reason: `The contract does not name the failure that ${lacking.join(' and ')} solves`,
      place,
    };
  }
  return {
    status: 'pass',
    reason:
      layers.length === 0
        ? `The pattern is ${pattern}, with no layer added`
        : `The pattern is ${pattern}, and each added layer (${layers.map((layer) => layer.kind).join(', ')}) names the failure it solves`,
    evaluatedFrom: facts.core.createdAt,
    place,
  };
};
