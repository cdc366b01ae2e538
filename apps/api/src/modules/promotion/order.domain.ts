import { baselineOf, isBehindLive, type Lineage } from '../release/lineage.domain.js';
import { asServed, byPosition, type StageFacts } from '../stage/stage-facts.domain.js';
import type { Objection } from './objection.domain.js';
import { followsLive, type PromotionKind } from './promotion.schema.js';

/** A hold that is in force on the stage. */
export interface HoldFact {
  readonly rollbackNumber: number;
  readonly incidentId: string;
  readonly incidentNumber: number;
}

export interface EntryFacts {
  readonly kind: PromotionKind;
  readonly releaseId: string;
  readonly releaseNumber: number;
  readonly stageKey: string;
  readonly stages: readonly StageFacts[];
  /** Numbers of releases, for messages. */
  readonly numberOf: (releaseId: string) => number | null;
  readonly lineage: Lineage;
  readonly at: Date;
  /** What rollbacks left on the stage; left out: nothing. */
  readonly holds?: readonly HoldFact[];
  /** Whether a rollback left the release, anywhere, and nobody has cleared it. */
  readonly quarantined?: boolean;
  /** Of a fix: the incident that it mends, whose holds it passes. */
  readonly mendsIncidentId?: string | null;
}

const hour = 3_600_000;

/** Everything besides the checks that forbids entering the stage now, in the order in which to mend it. */
export function entryObjections(facts: EntryFacts): Objection[] {
  const target = facts.stages.find((stage) => stage.key === facts.stageKey);
  if (!target) return [{ code: 'NOT_FOUND', message: `This workflow has no stage ${facts.stageKey}` }];
  const left = leftByRollback(facts, target);
  if (left.length > 0) return left;
  if (facts.kind === 'widen') {
    return target.occupantId === facts.releaseId
      ? []
      : [{ code: 'NOT_OCCUPANT', message: `Release #${facts.releaseNumber} is no longer in ${target.name}` }];
  }
  if (target.occupantId === facts.releaseId) {
    return [
      { code: 'ALREADY_LIVE', message: `Release #${facts.releaseNumber} is in ${target.name} already` },
    ];
  }
  const previous =
    byPosition(facts.stages)
      .filter((stage) => stage.position < target.position)
      .at(-1) ?? null;
  return [...outOfOrder(facts, target, previous), ...behindLive(facts), ...shortSoak(facts, previous)];
}

/** A rollback wins: what it left enters nowhere, and nothing but a fix of its own incident enters where it holds. */
function leftByRollback(facts: EntryFacts, target: StageFacts): Objection[] {
  if (facts.quarantined) return [quarantineObjection(facts.releaseNumber)];
  const mends = facts.mendsIncidentId ?? null;
  const hold = (facts.holds ?? []).find((one) => mends === null || one.incidentId !== mends);
  return hold ? [holdObjection(target.name, hold)] : [];
}

export const quarantineObjection = (releaseNumber: number): Objection => ({
  code: 'QUARANTINED',
  message: `Release #${releaseNumber} was left by a rollback and is in quarantine until it is cleared`,
});

export const holdObjection = (
  stageName: string,
  { rollbackNumber, incidentNumber }: HoldFact,
): Objection => ({
  code: 'STAGE_ON_HOLD',
  message:
    `${stageName} is on hold since rollback #${rollbackNumber}: another person lifts the hold once incident ` +
    `#${incidentNumber} is in monitoring, or a fix names that incident`,
});

/** Entering stage n requires occupying n−1 now; the first stage is free to enter. */
function outOfOrder(facts: EntryFacts, target: StageFacts, previous: StageFacts | null): Objection[] {
  if (!previous || previous.occupantId === facts.releaseId) return [];
  return [
    {
      code: 'OUT_OF_ORDER',
      message: `Release #${facts.releaseNumber} must be in ${previous.name} to enter ${target.name}`,
    },
  ];
}

/** A release that does not descend from what is live would undo it unseen. */
function behindLive(facts: EntryFacts): Objection[] {
  const stages = asServed(facts.stages);
  const baselineId = baselineOf(stages, facts.stageKey);
  if (baselineId === null || !isBehindLive(facts.lineage, facts.releaseId, baselineId)) return [];
  const stage = stages.find((s) => s.occupantId === baselineId);
  const number = facts.numberOf(baselineId);
  return [
    {
      code: 'BEHIND_LIVE',
      message:
        `Release #${facts.releaseNumber} was not made from release #${number ?? '?'}, ` +
        `which is live in ${stage?.name ?? 'a later stage'}; make a release from that one`,
    },
  ];
}

/** A replacement, like a fix, inherits its parent's soak and adds a short one of its own in each stage before the next. */
function shortSoak(facts: EntryFacts, previous: StageFacts | null): Objection[] {
  if (!followsLive(facts.kind) || !previous?.occupiedSince || previous.occupantId !== facts.releaseId)
    return [];
  const until = new Date(previous.occupiedSince.getTime() + previous.replaceHours * hour);
  if (facts.at >= until) return [];
  return [
    {
      code: 'SOAK_INCOMPLETE',
      message: `Release #${facts.releaseNumber} stays in ${previous.name} until ${until.toISOString()}`,
    },
  ];
}
