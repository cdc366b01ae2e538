import type { Decision } from '../decide/decide.js';
import type { Snapshot } from '../decide/snapshot.js';
import { decisionValue, type DecisionValue } from '../flags/decision-value.js';
import { flagMetadata, flagReason, flagVariant } from '../flags/flag-value.js';

/** One evaluation as OpenFeature and our own API hand it on. Frozen: all requests of the same decision share it. */
export interface Evaluation {
  value: DecisionValue;
  variant: string;
  /** In OpenFeature's words; DEFAULT where nothing was decided: nothing is held, or the failure behaviour is forced. */
  reason: string;
  metadata: Readonly<Record<string, string | number>>;
}

export function evaluationOf(value: DecisionValue, reason: string): Evaluation {
  const metadata = Object.freeze(flagMetadata(value));
  return Object.freeze({ value: Object.freeze(value), variant: flagVariant(value), reason, metadata });
}

const evaluations = new WeakMap<Snapshot, Map<string, Evaluation>>();
/** Stages, releases and tools that are off make few different decisions; more is nothing to remember. */
const mostRemembered = 500;

function nameOf(decision: Decision): string {
  const place = `${decision.outcome} ${decision.stage ?? ''} ${decision.overlayId ?? ''}`;
  if (decision.outcome !== 'release') return place;
  return `${place} ${decision.releaseId} ${decision.autonomyMode} ${decision.disabledTools.join()}`;
}

/** The same object for the same decision about the same snapshot. */
export function evaluationIn(snapshot: Snapshot, decision: Decision): Evaluation {
  const known = evaluations.get(snapshot) ?? new Map<string, Evaluation>();
  if (known.size === 0) evaluations.set(snapshot, known);
  const name = nameOf(decision);
  const found = known.get(name);
  if (found) return found;
  if (known.size >= mostRemembered) known.clear();
  const made = evaluationOf(decisionValue(snapshot, decision), flagReason(snapshot, decision));
  known.set(name, made);
  return made;
}
