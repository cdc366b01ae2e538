import { schemaProblem } from '../json-schema.js';
import { counted, type Rule } from '../rule.js';

/** TL-1: an allowlist of tools with typed arguments and a declared effect. */
export const tl1: Rule = ({ tools }) => {
  const place = { to: 'contract', field: 'tools.tools' } as const;
  const list = tools?.content.tools ?? [];
  if (!tools || list.length === 0)
    return { status: 'fail', reason: 'The contract declares tools and lists none', place };
  const problems = list.flatMap((tool) => {
    const missing = [
      ...(tool.effect === undefined ? ['no declared effect'] : []),
      ...(tool.argsSchema === undefined ? ['no schema for its arguments'] : []),
    ];
    const wrong = tool.argsSchema === undefined ? null : schemaProblem(tool.argsSchema);
    if (wrong !== null) missing.push(`an arguments schema that is not valid (${wrong})`);
    return missing.length > 0 ? [`${tool.name} has ${missing.join(' and ')}`] : [];
  });
  if (problems.length > 0) return { status: 'fail', reason: problems.join('; '), place };
  return {
    status: 'pass',
    reason: `${counted(list.length, 'tool')} allowlisted, each with typed arguments and a declared effect`,
    measured: list.map((tool) => `${tool.name}: ${tool.effect ?? ''}`).join(', '),
    evaluatedFrom: tools.createdAt,
    place,
  };
};
