import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import { byPosition, type StageFacts } from '../stage/stage-facts.domain.js';
import type { IncidentState } from '../incident/incident.schema.js';
import type { Objection } from './objection.domain.js';
import { quarantineObjection } from './order.domain.js';
import type { PromotionKind, PromotionState } from './promotion.schema.js';

export interface ReleaseRef {
  readonly id: string;
  readonly number: number;
  readonly workflowId: string;
  readonly digest: string;
  readonly parentId: string | null;
}

export interface FixFacts {
  /** Null: the workflow has no such incident. */
  readonly incidentState: IncidentState | null;
  readonly caseFound: boolean;
}

export interface RequestFacts {
  readonly workflowId: string;
  readonly retired: boolean;
  readonly kind: PromotionKind;
  readonly release: ReleaseRef;
  readonly toStageKey: string;
  readonly stages: readonly StageFacts[];
  /** Every open move of the workflow: at most one per stage. */
  readonly openMoves: readonly { readonly stageKey: string; readonly promotionId: string }[];
  /** Components in which the release differs from its parent. */
  readonly changedFromParent: readonly string[];
  /** The pending revision a widening is to put in force. */
  readonly widening: { readonly id: string; readonly approved: boolean } | null;
  /** Whether a rollback left the release, and nobody has cleared it. */
  readonly quarantined?: boolean;
  /** Of a fix: how its incident stands, and whether a run of the release has the case that was added. */
  readonly fix?: FixFacts | null;
  /** A promotion that is being retargeted does not stand in its own way. */
  readonly ownPromotionId?: string | null;
}

export interface PlannedMove {
  readonly stageKey: string;
  readonly position: number;
  readonly stageRevisionId: string;
}

/**
 * The stages a promotion is to enter, in order. A climb and a widening name one; a replacement follows
 * its parent through every stage that the parent occupies, up to the one asked for.
 */
export function planMoves(facts: RequestFacts): PlannedMove[] {
  const target = facts.stages.find((stage) => stage.key === facts.toStageKey);
  if (!target) return [];
  const move = ({ key, position, currentRevisionId }: StageFacts, stageRevisionId = currentRevisionId) => ({
    stageKey: key,
    position,
    stageRevisionId,
  });
  if (facts.kind === 'climb') return [move(target)];
  if (facts.kind === 'widen') return [move(target, facts.widening?.id ?? target.currentRevisionId)];
  // What mends follows everything that is live, whatever it was made from: what was live may have been left.
  if (facts.kind === 'fix') {
    return byPosition(facts.stages)
      .filter(({ position, occupantId }) => position <= target.position && occupantId !== null)
      .filter(({ occupantId }) => occupantId !== facts.release.id)
      .map((stage) => move(stage));
  }
  const parentId = facts.release.parentId;
  return byPosition(facts.stages)
    .filter(
      (stage) => stage.position <= target.position && stage.occupantId === parentId && parentId !== null,
    )
    .map((stage) => move(stage));
}

const no = (code: RefusalCode, message: string, field?: string): Objection[] => [
  field === undefined ? { code, message } : { code, message, field },
];

/** Why this promotion may not be asked for; gates and order are judged when it is executed. */
export function requestObjections(facts: RequestFacts): Objection[] {
  if (facts.retired) return no('WORKFLOW_RETIRED', 'This workflow is retired', 'workflowId');
  if (facts.release.workflowId !== facts.workflowId) {
    return no('NOT_FOUND', 'This workflow has no such release', 'releaseId');
  }
  const target = facts.stages.find((stage) => stage.key === facts.toStageKey);
  if (!target) return no('NOT_FOUND', `This workflow has no stage ${facts.toStageKey}`, 'toStage');
  if (facts.quarantined) return [{ ...quarantineObjection(facts.release.number), field: 'releaseId' }];
  return [...kindObjections(facts, target), ...openObjections(facts)];
}

function kindObjections(facts: RequestFacts, target: StageFacts): Objection[] {
  const occupies = target.occupantId === facts.release.id;
  if (facts.kind === 'widen') return wideningObjections(facts, target, occupies);
  if (occupies)
    return no('ALREADY_LIVE', `Release #${facts.release.number} is in ${target.name} already`, 'toStage');
  if (facts.kind === 'fix') return fixObjections(facts, target);
  return facts.kind === 'replace' ? replaceObjections(facts, target) : [];
}

function wideningObjections(facts: RequestFacts, target: StageFacts, occupies: boolean): Objection[] {
  if (!occupies) {
    return no(
      'NOT_OCCUPANT',
      `Only the release that is in ${target.name} now can be widened there`,
      'releaseId',
    );
  }
  if (!facts.widening) {
    return no(
      'NOTHING_TO_WIDEN',
      `No wider revision of ${target.name} waits for a promotion`,
      'stageRevisionId',
    );
  }
  if (facts.widening.approved) return [];
  return no(
    'SECOND_PERSON_REQUIRED',
    'This revision takes a check away; a second person approves that first',
  );
}

/** A fix names an incident that is underway, and is measured on the case that was added for it. */
function fixObjections(facts: RequestFacts, target: StageFacts): Objection[] {
  const { incidentState = null, caseFound = false } = facts.fix ?? {};
  if (incidentState === null) return no('NOT_FOUND', 'This workflow has no such incident', 'incidentId');
  if (incidentState === 'resolved')
    return no('INCIDENT_RESOLVED', 'This incident is resolved; let the release climb', 'incidentId');
  if (!caseFound)
    return no(
      'EVIDENCE_REQUIRED',
      'No run of this release has measured that case of that suite',
      'addedCase',
    );
  if (planMoves(facts).length > 0) return [];
  return no(
    'NOT_REPLACEABLE',
    `Nothing is live up to ${target.name} that it could mend; let it climb`,
    'kind',
  );
}

function replaceObjections(facts: RequestFacts, target: StageFacts): Objection[] {
  const others = facts.changedFromParent.filter((component) => component !== 'prompts');
  if (facts.release.parentId === null) {
    return no('NOT_REPLACEABLE', 'A release without a parent replaces nothing; let it climb', 'kind');
  }
  if (others.length > 0) {
    return no(
      'NOT_REPLACEABLE',
      `It differs from its parent in ${others.join(', ')}, not in prompts only; let it climb`,
      'kind',
    );
  }
  if (planMoves(facts).length > 0) return [];
  return no('NOT_REPLACEABLE', `Its parent is in no stage up to ${target.name}; let it climb`, 'kind');
}

function openObjections(facts: RequestFacts): Objection[] {
  const own = facts.ownPromotionId ?? null;
  const taken = planMoves(facts).filter((planned) =>
    facts.openMoves.some((open) => open.stageKey === planned.stageKey && open.promotionId !== own),
  );
  return taken.flatMap(({ stageKey }) =>
    no(
      'PROMOTION_OPEN',
      `A promotion into ${facts.stages.find((stage) => stage.key === stageKey)?.name ?? stageKey} is open already; retarget or withdraw it`,
      own === null ? 'toStage' : 'releaseId',
    ),
  );
}

export interface MoveFacts {
  readonly id: string;
  readonly stageKey: string;
  readonly position: number;
  readonly state: PromotionState;
  readonly stageRevisionId: string;
}

/** The stage to be entered next: moves are made in the order of the rollout. */
export function nextOpenMove<M extends MoveFacts>(moves: readonly M[]): M | null {
  return byPosition(moves).find((move) => move.state === 'open') ?? null;
}
