import { entryObjections } from '../promotion/order.domain.js';
import { lineageOf } from '../release/lineage.domain.js';
import { staySince } from '../stage/stage-facts.domain.js';
import { promotionKindOf, type Facts } from './readiness.facts.js';
import type { OrderStatus } from './readiness-result.domain.js';

/** What forbids entering the stage besides its checks; the first thing to mend. The rules are the promotion's own. */
export function orderStatus(facts: Facts): OrderStatus {
  const numbers = new Map([
    [facts.release.id, facts.release.number],
    ...(facts.baseline ? [[facts.baseline.id, facts.baseline.number] as const] : []),
  ]);
  const [objection] = entryObjections({
    kind: promotionKindOf(facts),
    releaseId: facts.release.id,
    releaseNumber: facts.release.number,
    stageKey: facts.stage.key,
    stages: facts.stages.map((stage) => ({
      key: stage.key,
      name: stage.definition.name,
      position: stage.position,
      currentRevisionId: stage.revisionId,
      occupancyId: null,
      occupantId: stage.occupantId,
      occupiedSince: staySince(stage.intervals),
      replaceHours: stage.definition.soak.replaceHours,
    })),
    numberOf: (releaseId) => numbers.get(releaseId) ?? null,
    lineage: lineageOf(facts.lineage),
    at: facts.evaluatedAt,
    ...{ holds: facts.holds, quarantined: facts.quarantined },
    mendsIncidentId: facts.promotion?.incidentId ?? null,
  });
  return objection
    ? { ok: false, code: objection.code, message: objection.message }
    : { ok: true, code: null, message: null };
}
