import {
  ErrorCode,
  OpenFeatureEventEmitter,
  ProviderEvents,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import type { Context } from '../decide/audience.js';
import { flagTypes, parseFlagKey } from '../flags/flag-list.js';
import { flagValue } from '../flags/flag-value.js';
import { Holdpoint } from '../sdk/holdpoint-client.js';
import type { HoldpointOptions } from '../sdk/options.js';

type FlagType = (typeof flagTypes)[keyof typeof flagTypes] | 'number';

/**
 * Holdpoint as a provider of OpenFeature's server SDK. It evaluates here, from memory; the flags are those of the
 * server's OFREP endpoint (flags/flag-list.ts). Given options it makes a client of its own and closes it at the end;
 * given a client it leaves that to whoever made it.
 */
export class HoldpointProvider implements Provider {
  readonly metadata = { name: 'holdpoint' } as const;
  readonly runsOn = 'server';
  readonly events = new OpenFeatureEventEmitter();
  readonly holdpoint: Holdpoint;
  private readonly isOurs: boolean;
  private readonly endings: (() => void)[] = [];

  constructor(holdpoint: Holdpoint | HoldpointOptions) {
    this.isOurs = !(holdpoint instanceof Holdpoint);
    this.holdpoint = holdpoint instanceof Holdpoint ? holdpoint : new Holdpoint(holdpoint);
  }

  /** Never rejects: an application starts without the registry too, and is told that it is stale, or serves nothing. */
  async initialize(): Promise<void> {
    const states = Object.values(await this.holdpoint.ready());
    this.endings.push(
      this.holdpoint.on('changed', ({ workflow }) =>
        this.events.emit(ProviderEvents.ConfigurationChanged, {
          flagsChanged: [workflow, ...suffixes.map((suffix) => `${workflow}.${suffix}`)],
        }),
      ),
      this.holdpoint.on('lost', () => this.events.emit(ProviderEvents.Stale, { message: silent })),
      this.holdpoint.on('restored', () => this.events.emit(ProviderEvents.Ready)),
    );
    // After the Ready that OpenFeature itself emits when this is done.
    setImmediate(() => {
      if (states.includes('fallback'))
        this.events.emit(ProviderEvents.Error, {
          message: 'Nothing is held of a workflow: its failure behaviour holds',
        });
      else if (states.some((state) => state !== 'live'))
        this.events.emit(ProviderEvents.Stale, { message: silent });
    });
  }

  async onClose(): Promise<void> {
    for (const end of this.endings.splice(0)) end();
    if (this.isOurs) await this.holdpoint.close();
  }

  resolveBooleanEvaluation(key: string, otherwise: boolean, context: EvaluationContext) {
    return this.resolve(key, 'boolean', otherwise, context);
  }

  resolveStringEvaluation(key: string, otherwise: string, context: EvaluationContext) {
    return this.resolve(key, 'string', otherwise, context);
  }

  resolveNumberEvaluation(key: string, otherwise: number, context: EvaluationContext) {
    return this.resolve(key, 'number', otherwise, context);
  }

  resolveObjectEvaluation<T extends JsonValue>(key: string, otherwise: T, context: EvaluationContext) {
    return this.resolve(key, 'object', otherwise, context);
  }

  private async resolve<T>(
    key: string,
    type: FlagType,
    otherwise: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const flag = parseFlagKey(key);
    if (!flag) return refused(otherwise, ErrorCode.FLAG_NOT_FOUND, `${key} is no flag of a workflow`);
    if (flagTypes[flag.suffix] !== type)
      return refused(otherwise, ErrorCode.TYPE_MISMATCH, `${key} is of the type ${flagTypes[flag.suffix]}`);
    const handle = this.holdpoint.workflow(flag.workflow);
    // Of a workflow that is asked for the first time nothing is known yet; that wait has its limit.
    if (handle.version.incarnation === 0 && !handle.isRefused) await this.firstOf(flag.workflow);
    if (handle.isRefused && handle.version.incarnation === 0)
      return refused(
        otherwise,
        ErrorCode.FLAG_NOT_FOUND,
        `The registry serves no ${flag.workflow} to this key`,
      );
    const { value, variant, reason, metadata } = handle.evaluate(context as Context, flag.suffix === '');
    return { value: flagValue(flag.suffix, value) as T, variant, reason, flagMetadata: metadata };
  }

  private readonly awaited = new Map<string, Promise<unknown>>();

  /** Waits once for each workflow, and not again where the registry stays silent. */
  private firstOf(workflow: string): Promise<unknown> {
    const known = this.awaited.get(workflow);
    if (known) return known;
    const first = this.holdpoint.ready();
    this.awaited.set(workflow, first);
    return first;
  }
}

const suffixes = Object.keys(flagTypes).filter((suffix) => suffix !== '');
const silent = 'The registry does not answer: what was last heard is served';

const refused = <T>(value: T, errorCode: ErrorCode, errorMessage: string): ResolutionDetails<T> => ({
  ...{ value, errorCode, errorMessage, reason: 'ERROR' },
});
