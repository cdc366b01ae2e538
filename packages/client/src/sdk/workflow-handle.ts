import type { Context } from '../decide/audience.js';
import { decide } from '../decide/decide.js';
import type { SnapshotVersion } from '../decide/snapshot.js';
import type { DecisionValue } from '../flags/decision-value.js';
import type { ServedState, ServedWorkflow } from '../report/heartbeat.schema.js';
import { evaluationIn, evaluationOf, type Evaluation } from './evaluation.js';
import { RequestCounts } from './request-counts.js';
import { failureValue, servedOf, type Served } from './served.js';
import { servesOf } from './serves.js';
import type { ServerClock } from './server-clock.js';
import type { WorkflowState } from './workflow-state.js';

/** One workflow, as an application asks for it. */
export class WorkflowHandle {
  private readonly counts = new RequestCounts();

  constructor(
    private readonly held: WorkflowState,
    private readonly clock: ServerClock,
    private readonly here: { isForced: () => boolean; isInTouch: () => boolean },
  ) {}

  /** team.workflow */
  get key(): string {
    return this.held.key;
  }

  /** 0 and 0 where nothing is held. */
  get version(): SnapshotVersion {
    return this.held.version;
  }

  get state(): ServedState {
    return this.here.isForced() ? 'fallback' : this.held.state(this.here.isInTouch());
  }

  /** Whether the registry has said that it has no such workflow, or nothing for this key. */
  get isRefused(): boolean {
    return this.held.isRefused;
  }

  /**
   * What one request gets, from memory, at once. Throws nothing. Ask once for each request and keep the answer for it:
   * it is also counted.
   * @param context attributes of the request: `targetingKey`, `user`, `tenant`, `conversation`, those that audiences
   *   name; or the `stage` itself, where the audience is decided elsewhere
   */
  get(context: Context = {}): Served {
    return servedOf(this.evaluate(context, true).value, this.state);
  }

  /** Like get, in the form that OpenFeature takes; counts only if it is asked to. */
  evaluate(context: Context, isCounted: boolean): Evaluation {
    const evaluation = this.decided(context);
    if (isCounted) this.counts.add(evaluation.value.stage, servedWord(evaluation.value));
    return evaluation;
  }

  private decided(context: Context): Evaluation {
    const { snapshot } = this.held;
    if (snapshot && !this.here.isForced())
      try {
        return evaluationIn(snapshot, decide(snapshot, context, this.clock.now()));
      } catch {
        // A context that cannot be read, such as one that throws when it is: nothing is known of the request.
      }
    const { key, failure, version } = this.held;
    return evaluationOf(failureValue(key, failure, version), 'DEFAULT');
  }

  /** For the report to the registry. */
  report(): ServedWorkflow {
    const { state } = this;
    const { snapshot, key, version } = this.held;
    const serves = snapshot && state !== 'fallback' ? servesOf(snapshot, this.clock.now()) : [];
    return { workflow: key, ...version, state, serves, counts: this.counts.list() };
  }

  reported(counts: ServedWorkflow['counts']): void {
    this.counts.told(counts);
  }
}

function servedWord({ digest, outcome }: DecisionValue): ServedWorkflow['counts'][number]['served'] {
  if (outcome === 'release') return digest ?? 'failure';
  return outcome;
}
