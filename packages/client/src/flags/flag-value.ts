import type { Decision } from '../decide/decide.js';
import type { Snapshot } from '../decide/snapshot.js';
import type { DecisionValue } from './decision-value.js';
import type { FlagSuffix } from './flag-list.js';

/** What `fallback` says when nothing is to be fallen back to. */
export const noFallback = 'none';

/**
 * The value of one flag of a workflow. `enabled`: false where the outcome is `disabled`. `fallback`: search, templates,
 * people or none. `release`: the digest, empty without a release. `prompts` and `models`: by step. `disabled-tools`: a
 * list of names. `autonomy-mode`: empty without a release.
 */
export function flagValue(suffix: FlagSuffix, value: DecisionValue): unknown {
  switch (suffix) {
    case '':
      return value;
    case 'enabled':
      return value.outcome !== 'disabled';
    case 'fallback':
      return value.fallbackTo ?? noFallback;
    case 'release':
      return value.digest ?? '';
    case 'prompts':
      return bySteps(value, ({ prompt }) => prompt);
    case 'models':
      return bySteps(value, ({ model }) => model);
    case 'disabled-tools':
      return value.disabledTools;
    case 'autonomy-mode':
      return value.autonomyMode ?? '';
  }
}

type Step = DecisionValue['steps'][string];

function bySteps<T>({ steps }: DecisionValue, pick: (step: Step) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, pick(step)]));
}

export type FlagReason = 'STATIC' | 'TARGETING_MATCH' | 'SPLIT' | 'DISABLED' | 'UNKNOWN';

/** Why, in OpenFeature's words. */
export function flagReason(snapshot: Snapshot, decision: Decision): FlagReason {
  if (decision.outcome === 'disabled') return 'DISABLED';
  const stage = snapshot.stages.find(({ key }) => key === decision.stage);
  const overlay = snapshot.overlays.find(({ id }) => id === decision.overlayId);
  if (decision.outcome === 'failure' && !stage) return 'UNKNOWN';
  if (stage && stage.percentage < 100) return 'SPLIT';
  return (stage?.rules.length ?? 0) + (overlay?.segment.length ?? 0) > 0 ? 'TARGETING_MATCH' : 'STATIC';
}

/** The name of what was served: the release's alias, or the outcome where there is none. */
export const flagVariant = (value: DecisionValue): string => value.release ?? value.outcome;

/** What OpenFeature hands on beside the value: texts and numbers only. */
export function flagMetadata({ workflow, stage, digest, outcome, version }: DecisionValue) {
  const metadata: Record<string, string | number> = {
    workflow,
    outcome,
    incarnation: version.incarnation,
    epoch: version.epoch,
  };
  if (stage !== null) metadata['stage'] = stage;
  if (digest !== null) metadata['digest'] = digest;
  return metadata;
}
