import { baselineOf, isBehindLive, type Lineage } from '../release/lineage.domain.js';
import { byPosition, type StageFacts } from '../stage/stage-facts.domain.js';
import type { Objection } from './promotion.domain.js';
import type { PromotionKind } from './promotion.schema.js';

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
}

const hour = 3_600_000;

/** Everything besides the checks that forbids entering the stage now, in the order in which to mend it. */
export function entryObjections(facts: EntryFacts): Objection[] {
  const target = facts.stages.find((stage) => stage.key === facts.stageKey);
  if (!target) return [{ code: 'NOT_FOUND', message: `This workflow has no stage ${facts.stageKey}` }];
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
  const baselineId = baselineOf(facts.stages, facts.stageKey);
  if (baselineId === null || !isBehindLive(facts.lineage, facts.releaseId, baselineId)) return [];
  const stage = facts.stages.find((s) => s.occupantId === baselineId);
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

/** A replacement inherits its parent's soak and adds a short one of its own in each stage before the next. */
function shortSoak(facts: EntryFacts, previous: StageFacts | null): Objection[] {
  if (facts.kind !== 'replace' || !previous?.occupiedSince || previous.occupantId !== facts.releaseId)
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
