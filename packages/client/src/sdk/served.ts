import {
  withoutRelease,
  type DecisionValue,
  type ServedModel,
  type ServedPrompt,
} from '../flags/decision-value.js';
import type { FailureBehaviour } from '../decide/snapshot.js';
import type { ServedState } from '../report/heartbeat.schema.js';
import { compilePrompt, type ChatMessage, type Variables } from './compile-prompt.js';
import { noVersion } from './version.js';

/** A call of a model inside the workflow. */
export interface ServedStep {
  prompt: ServedPrompt;
  model: ServedModel;
  /** @throws MissingVariables */
  compile: (variables: Variables) => string | ChatMessage[];
}

/** What one request gets. */
export interface Served extends Omit<DecisionValue, 'steps'> {
  steps: Readonly<Record<string, ServedStep>>;
  /** Of the only step; null where there is none, or where there are several. */
  prompt: ServedPrompt | null;
  model: ServedModel | null;
  compile: ServedStep['compile'] | null;
  /** Where this comes from; see heartbeat.schema.ts. */
  state: ServedState;
}

interface Steps {
  all: Readonly<Record<string, ServedStep>>;
  only: ServedStep | null;
}

const compilable = new WeakMap<DecisionValue['steps'], Steps>();

function stepsOf(steps: DecisionValue['steps']): Steps {
  const known = compilable.get(steps);
  if (known) return known;
  const entries = Object.entries(steps).map(
    ([name, { prompt, model }]) =>
      [name, { prompt, model, compile: (variables: Variables) => compilePrompt(prompt, variables) }] as const,
  );
  const [first] = entries;
  const made = {
    all: Object.freeze(Object.fromEntries(entries)),
    only: entries.length === 1 && first ? first[1] : null,
  };
  compilable.set(steps, made);
  return made;
}

const served = new WeakMap<DecisionValue, Served>();

/** The same object for the same decision while its state stays; frozen, since requests share it. */
export function servedOf(value: DecisionValue, state: ServedState): Served {
  const known = served.get(value);
  if (known?.state === state) return known;
  const { all, only } = stepsOf(value.steps);
  const made: Served = Object.freeze({
    ...value,
    steps: all,
    prompt: only?.prompt ?? null,
    model: only?.model ?? null,
    compile: only?.compile ?? null,
    state,
  });
  served.set(value, made);
  return made;
}

/** The failure behaviour, where nothing can or may be served. */
export const failureValue = (
  workflow: string,
  failure: FailureBehaviour,
  version = noVersion,
): DecisionValue =>
  withoutRelease(workflow, { outcome: 'failure', stage: null, version }, failure, failure.fallback);
