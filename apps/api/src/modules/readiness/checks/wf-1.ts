import type { Rule } from '../rule.js';

const parts = [
  ['userJob', 'the user job'],
  ['inputBoundary', 'the input boundary'],
  ['outputBoundary', 'the output boundary'],
] as const;

/** WF-1: one user job, its boundaries, and what the workflow never does by itself. */
export const wf1: Rule = ({ core }) => {
  const { content } = core;
  const empty = parts.filter(([key]) => content[key].trim() === '');
  const field = empty[0]?.[0] ?? (content.neverDoes.length === 0 ? 'neverDoes' : 'userJob');
  const place = { to: 'contract', field: `core.${field}` } as const;
  const missing = [
    ...empty.map(([, words]) => words),
    ...(content.neverDoes.length === 0 ? ['what it never does by itself'] : []),
  ];
  if (missing.length > 0)
    return { status: 'fail', reason: `The contract leaves out ${missing.join(', ')}`, place };
  return {
    status: 'pass',
    reason: `The release pins version ${String(core.number)} of the contract's core, which states the job and both boundaries`,
    evaluatedFrom: core.createdAt,
    place,
  };
};
