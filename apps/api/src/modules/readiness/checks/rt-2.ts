import { counted, type Rule } from '../rule.js';

/** RT-2, computed half: every source declares how fresh it must be. When it was indexed is answered by a person. */
export const rt2: Rule = ({ retrieval }) => {
  const place = { to: 'contract', field: 'retrieval.sources' } as const;
  const sources = retrieval?.content.sources ?? [];
  const without = sources.filter((source) => source.freshnessSlaHours === undefined);
  if (!retrieval || sources.length === 0 || without.length > 0) {
    const names = without.map((source) => source.id).join(', ');
    return {
      status: 'fail',
      reason: names === '' ? 'No source is named' : `No freshness limit for ${names}`,
      place,
    };
  }
  return {
    status: 'pass',
    reason: `${counted(sources.length, 'source')}, each with a freshness limit`,
    measured: sources.map((source) => `${source.id} ${String(source.freshnessSlaHours)} h`).join(', '),
    evaluatedFrom: retrieval.createdAt,
    place,
  };
};
