import { addDays, counted, day, type Rule } from '../rule.js';

/** OW-4: no recurring duty was last done longer ago than its cadence. */
export const ow4: Rule = ({ operating, evaluatedAt }) => {
  const place = { to: 'operating' } as const;
  const duties = operating?.content.duties ?? [];
  if (!operating || duties.length === 0)
    return { status: 'fail', reason: 'The operating record names no recurring duty', place };
  const due = duties.map(({ kind, lastDoneAt, cadenceDays }) => ({
    name: kind.replaceAll('_', ' '),
    at:
      lastDoneAt === undefined || cadenceDays === undefined
        ? null
        : addDays(new Date(lastDoneAt), cadenceDays),
  }));
  const unknown = due.filter(({ at }) => at === null);
  const over = due.filter(({ at }) => at !== null && at <= evaluatedAt);
  if (over.length > 0) {
    return {
      status: 'fail',
      reason: `Overdue: ${over.map(({ name, at }) => `${name} since ${at ? day(at) : ''}`).join(', ')}`,
      place,
    };
  }
  if (unknown.length > 0) {
    return {
      status: 'pending',
      reason: `Never done, or without a cadence: ${unknown.map(({ name }) => name).join(', ')}`,
      place,
    };
  }
  const next = due.flatMap(({ at }) => (at ? [at] : [])).sort((a, b) => a.getTime() - b.getTime())[0];
  return {
    status: 'pass',
    reason: `${counted(duties.length, 'duty', 'duties')}, none overdue`,
    evaluatedFrom: operating.createdAt,
    ...(next ? { expiresAt: next, measured: `the next is due on ${day(next)}` } : {}),
    place,
  };
};
