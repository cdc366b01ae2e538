import type { Decision } from '../decide/decide.js';
import type {
  AutonomyMode,
  FailureBehaviour,
  Fallback,
  Snapshot,
  SnapshotRelease,
  SnapshotVersion,
} from '../decide/snapshot.js';

type SnapshotStep = SnapshotRelease['steps'][number];
export type ServedPrompt = SnapshotStep['prompt'];
export type ServedModel = SnapshotStep['model'];

/** The whole decision for one request, as plain JSON: the value of the flag `team.workflow`. */
export interface DecisionValue {
  workflow: string;
  /**
   * `release`: run the steps. `disabled`: somebody switched the workflow off. `fallback`: somebody switched to what
   * `fallbackTo` names. `failure`: nothing is served here, so the contract's failure behaviour holds.
   */
  outcome: Decision['outcome'];
  stage: string | null;
  /** The release's alias, digest and number; null unless the outcome is `release`. */
  release: string | null;
  digest: string | null;
  number: number | null;
  steps: Readonly<Record<string, { prompt: ServedPrompt; model: ServedModel }>>;
  autonomyMode: AutonomyMode | null;
  /** Names of tools that must not be offered to the model now; sorted. */
  disabledTools: readonly string[];
  /** The agent limits and the budgets of the release's contract. */
  limits: SnapshotRelease['limits'];
  budgets: SnapshotRelease['budgets'];
  outputSchema: SnapshotRelease['outputSchema'] | null;
  /** Whether the application should do without the model: every outcome but `release`. */
  isFallback: boolean;
  /** What to do instead, where it is known; null: nothing, the feature is off. */
  fallbackTo: Fallback | null;
  /** The contract's failure behaviour, also beside a release: what to do when the model call itself fails. */
  failure: FailureBehaviour;
  version: SnapshotVersion;
}

const stepsOf = new WeakMap<SnapshotRelease, DecisionValue['steps']>();

/** By name; worked out once for each release. */
function servedSteps(release: SnapshotRelease): DecisionValue['steps'] {
  const known = stepsOf.get(release);
  if (known) return known;
  const steps = Object.fromEntries(release.steps.map(({ name, prompt, model }) => [name, { prompt, model }]));
  stepsOf.set(release, steps);
  return steps;
}

/** @param decision what decide() said about this snapshot */
export function decisionValue({ key, failure, releases }: Snapshot, decision: Decision): DecisionValue {
  const { outcome, stage, version } = decision;
  const release = outcome === 'release' ? releases[decision.releaseId] : undefined;
  const place = { workflow: key, outcome, stage };
  if (outcome !== 'release' || !release) {
    const fallbackTo =
      outcome === 'fallback' ? decision.to : outcome === 'failure' ? decision.failure.fallback : null;
    return {
      ...place,
      ...{ release: null, digest: null, number: null, steps: {}, autonomyMode: null, disabledTools: [] },
      ...{ limits: null, budgets: null, outputSchema: null, isFallback: true, fallbackTo, failure, version },
    };
  }
  return {
    ...place,
    ...{ release: release.alias, digest: release.digest, number: release.number },
    steps: servedSteps(release),
    autonomyMode: decision.autonomyMode,
    disabledTools: decision.disabledTools,
    ...{ limits: release.limits, budgets: release.budgets, outputSchema: release.outputSchema },
    ...{ isFallback: false, fallbackTo: null, failure, version },
  };
}
