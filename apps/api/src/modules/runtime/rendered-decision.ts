import { createHash } from 'node:crypto';
import type { Decision } from '@holdpoint/client/decide/decide.js';
import type { Snapshot } from '@holdpoint/client/decide/snapshot.js';
import { decisionValue, type DecisionValue } from '@holdpoint/client/flags/decision-value.js';
import { flagKey, flagSuffixes, privateFlags, type FlagSuffix } from '@holdpoint/client/flags/flag-list.js';
import { flagMetadata, flagReason, flagValue, flagVariant } from '@holdpoint/client/flags/flag-value.js';

/** Everything that is sent of one decision, as bytes. Who asks does not matter: whoever gets it gets the same. */
export interface RenderedDecision {
  /** Names the content. */
  digest: string;
  /** Of each flag, its answer to a single evaluation. */
  answers: ReadonlyMap<FlagSuffix, Buffer>;
  /** The answers of all flags, with commas between them. */
  items: string;
  stageKey: string | null;
  /** Digest of the release, or the outcome. */
  served: string;
}

/** What a browser may know of a decision: which release, how freely, what else; nothing that it is made of. */
function publicValue({ steps, disabledTools, limits, budgets, outputSchema, ...rest }: DecisionValue) {
  return rest;
}

export const isPublicFlag = (suffix: FlagSuffix): boolean => !privateFlags.includes(suffix);

export function renderDecision(snapshot: Snapshot, decision: Decision, isPublic: boolean): RenderedDecision {
  const value = decisionValue(snapshot, decision);
  const about = {
    reason: flagReason(snapshot, decision),
    variant: flagVariant(value),
    metadata: { ...flagMetadata(value), environment: snapshot.environment },
  };
  const items = flagSuffixes
    .filter((suffix) => !isPublic || isPublicFlag(suffix))
    .map((suffix): [FlagSuffix, string] => {
      const shown = isPublic && suffix === '' ? publicValue(value) : flagValue(suffix, value);
      return [suffix, JSON.stringify({ key: flagKey(snapshot.key, suffix), ...about, value: shown })];
    });
  const joined = items.map(([, item]) => item).join(',');
  return {
    digest: createHash('sha256').update(joined).digest('base64url').slice(0, 22),
    answers: new Map(items.map(([suffix, item]) => [suffix, Buffer.from(item)])),
    items: joined,
    stageKey: decision.stage,
    served: decision.outcome === 'release' ? decision.digest : decision.outcome,
  };
}

/** Equal texts get equal bytes, of one snapshot. */
export function decisionText(decision: Decision): string {
  const place = `${decision.outcome}|${decision.stage ?? ''}|${decision.overlayId ?? ''}`;
  if (decision.outcome === 'release')
    return `${place}|${decision.releaseId}|${decision.autonomyMode}|${decision.disabledTools.join()}`;
  return decision.outcome === 'fallback' ? `${place}|${decision.to}` : place;
}
