import { WrongUse } from '../commands/command.js';
import type { Lever } from './operations.js';

/** What a caller said about levers on the command line. */
export interface LeverOptions {
  disable: boolean;
  fallback?: string | undefined;
  to?: string | undefined;
  'revert-prompt': boolean;
  'pin-model'?: string | undefined;
  'disable-tool'?: string[] | undefined;
  step?: string | undefined;
}

export type LeverAsked = Partial<Lever> & { kind: string };

/** As previewed: `releaseId` of a target that is named is found later. Empty: none was named. @throws WrongUse */
export function leversAsked(options: LeverOptions): LeverAsked[] {
  const { fallback, step } = options;
  if (fallback !== undefined && !['search', 'templates', 'people'].includes(fallback))
    throw new WrongUse('Fall back to search, templates or people: --fallback people');
  const levers: LeverAsked[] = [];
  if (options.disable) levers.push({ kind: 'disable' });
  if (fallback !== undefined) levers.push({ kind: 'fallback', to: fallback });
  if (options.to !== undefined) levers.push({ kind: 'revertRelease' });
  if (options['revert-prompt'])
    levers.push({ kind: 'revertPrompt', ...(step === undefined ? {} : { step }) });
  const modelConfigVersionId = options['pin-model'];
  if (modelConfigVersionId !== undefined)
    levers.push({ kind: 'pinModel', modelConfigVersionId, ...(step === undefined ? {} : { step }) });
  for (const tool of options['disable-tool'] ?? []) levers.push({ kind: 'disableTool', tool });
  if (step !== undefined && !options['revert-prompt'] && modelConfigVersionId === undefined)
    throw new WrongUse('--step goes with --revert-prompt or --pin-model');
  return levers;
}

const fields = {
  disable: [],
  fallback: ['to'],
  revertRelease: ['releaseId', 'digest'],
  revertPrompt: ['step', 'promptVersionId', 'digest'],
  pinModel: ['step', 'modelConfigVersionId', 'digest'],
  disableTool: ['tool'],
} as const satisfies Record<string, readonly (keyof Lever)[]>;

/** A lever as the preview showed it, in the form that is sent: bound to the digest that was shown. */
export function leverShown(lever: Lever): LeverAsked {
  const names: readonly (keyof Lever)[] = Object.hasOwn(fields, lever.kind)
    ? fields[lever.kind as keyof typeof fields]
    : [];
  const given = names.filter((name) => lever[name] !== null).map((name) => [name, lever[name]] as const);
  return { kind: lever.kind, ...Object.fromEntries(given) };
}

/** `attribute=value` or `attribute=one,other`, several times: all must match. @throws WrongUse */
export function segmentAsked(said: readonly string[] | undefined) {
  return (said ?? []).map((text) => {
    const at = text.indexOf('=');
    const values = text
      .slice(at + 1)
      .split(',')
      .filter((value) => value !== '');
    if (at < 1 || values.length === 0)
      throw new WrongUse('Say a segment as attribute=value: --segment plan=free');
    const attribute = text.slice(0, at);
    // Taken for a value, it would leave out those whom it was meant for.
    if (values.some((value) => value.startsWith(`${attribute}=`)))
      throw new WrongUse(`Name ${attribute} once: --segment ${attribute}=one,other`);
    return { attribute, operator: 'in', values };
  });
}
