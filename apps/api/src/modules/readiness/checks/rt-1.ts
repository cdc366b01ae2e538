import { counted, type Rule } from '../rule.js';

const asked = [
  ['owner', 'an owner'],
  ['allowedUse', 'an allowed use'],
  ['deletionProcedureUrl', 'a deletion procedure'],
] as const;

/** RT-1: owner, allowed use and deletion path of every source. */
export const rt1: Rule = ({ retrieval }) => {
  const place = { to: 'contract', field: 'retrieval.sources' } as const;
  if (!retrieval)
    return { status: 'fail', reason: 'The contract declares retrieval and describes no source', place };
  const { sources } = retrieval.content;
  const lacking = sources.flatMap((source) => {
    const missing = asked.filter(([key]) => (source[key] ?? '').trim() === '').map(([, words]) => words);
    return missing.length > 0 ? [`${source.id}: ${missing.join(', ')}`] : [];
  });
  if (sources.length === 0 || lacking.length > 0) {
    return {
      status: 'fail',
      reason: `Sources lack ${lacking.length > 0 ? lacking.join('; ') : 'everything: none is named'}`,
      place,
    };
  }
  return {
    status: 'pass',
    reason: `${counted(sources.length, 'source')}, each with owner, allowed use and deletion procedure`,
    evaluatedFrom: retrieval.createdAt,
    place,
  };
};
