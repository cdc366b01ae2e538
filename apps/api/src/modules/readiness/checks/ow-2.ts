import { dutyKinds, type DutyKind } from '../../workflow/operating.schema.js';
import type { Facts } from '../readiness.facts.js';
import { counted, type Rule } from '../rule.js';

/** Duties that only come with a layer of the contract. */
function askedDuties({ core, retrieval, tools }: Facts): DutyKind[] {
  const layers = new Set(core.content.layers.map((layer) => layer.kind));
  return dutyKinds.filter((kind) => {
    if (kind === 'sources') return layers.has('retrieval') || retrieval !== null;
    return kind !== 'tool_permissions' || layers.has('tools') || tools !== null;
  });
}

/** OW-2: every recurring duty has an owner and a cadence. */
export const ow2: Rule = (facts) => {
  const place = { to: 'operating' } as const;
  const { operating } = facts;
  const asked = askedDuties(facts);
  const complete = new Set(
    (operating?.content.duties ?? [])
      .filter((duty) => (duty.ownerTeam ?? '').trim() !== '' && duty.cadenceDays !== undefined)
      .map((duty) => duty.kind),
  );
  const missing = asked.filter((kind) => !complete.has(kind));
  const seen = {
    measured: `${String(asked.length - missing.length)} of ${counted(asked.length, 'duty', 'duties')}`,
    place,
  };
  if (!operating || missing.length > 0) {
    return {
      status: 'fail',
      reason: `No owner and cadence for ${missing.map((kind) => kind.replaceAll('_', ' ')).join(', ')}`,
      ...seen,
    };
  }
  return {
    status: 'pass',
    reason: 'Every recurring duty has an owner and a cadence',
    evaluatedFrom: operating.createdAt,
    ages: true,
    ...seen,
  };
};
