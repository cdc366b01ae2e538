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
  const steps = Object.freeze(
    Object.fromEntries(
      release.steps.map(({ name, prompt, model }) => [name, Object.freeze({ prompt, model })]),
    ),
  );
  stepsOf.set(release, steps);
  return steps;
}

const noSteps: DecisionValue['steps'] = Object.freeze({});
const noTools: readonly string[] = Object.freeze([]);

/**
 * Written out field by field: V8 keeps objects that are put together by spreading in a slow form, and this is made for
 * every request. @param decision what decide() said about this snapshot
 */
export function decisionValue({ key, failure, releases }: Snapshot, decision: Decision): DecisionValue {
  if (decision.outcome === 'release') {
    const release = releases[decision.releaseId];
    if (release)
      return {
        workflow: key,
        outcome: 'release',
        stage: decision.stage,
        release: release.alias,
        digest: release.digest,
        number: release.number,
        steps: servedSteps(release),
        autonomyMode: decision.autonomyMode,
        disabledTools: decision.disabledTools,
        limits: release.limits,
        budgets: release.budgets,
        outputSchema: release.outputSchema,
        isFallback: false,
        fallbackTo: null,
        failure,
        version: decision.version,
      };
  }
  const fallbackTo = decision.outcome === 'fallback' ? decision.to : null;
  return withoutRelease(
    key,
    decision,
    failure,
    decision.outcome === 'failure' ? decision.failure.fallback : fallbackTo,
  );
}

/** What there is where no release is served. */
export function withoutRelease(
  workflow: string,
  { outcome, stage, version }: Pick<Decision, 'outcome' | 'stage' | 'version'>,
  failure: FailureBehaviour,
  fallbackTo: Fallback | null,
): DecisionValue {
  return {
    workflow,
    outcome,
    stage,
    release: null,
    digest: null,
    number: null,
    steps: noSteps,
    autonomyMode: null,
    disabledTools: noTools,
    limits: null,
    budgets: null,
    outputSchema: null,
    isFallback: true,
    fallbackTo,
    failure,
    version,
  };
}
