/**
 * The flags that one workflow has, for OpenFeature clients: the same list in our provider and in the server's OFREP
 * endpoint. The flag without a suffix is the whole decision; the others are one for each lever of a rollback.
 */
export const flagSuffixes = [
  '',
  'enabled',
  'fallback',
  'release',
  'prompts',
  'models',
  'disabled-tools',
  'autonomy-mode',
] as const;
export type FlagSuffix = (typeof flagSuffixes)[number];

export const flagTypes = {
  '': 'object',
  enabled: 'boolean',
  fallback: 'string',
  release: 'string',
  prompts: 'object',
  models: 'object',
  'disabled-tools': 'object',
  'autonomy-mode': 'string',
} as const satisfies Record<FlagSuffix, 'object' | 'boolean' | 'string'>;

/** Flags that tell of prompts, models or tools: not for keys that browsers hold. */
export const privateFlags: readonly FlagSuffix[] = ['prompts', 'models', 'disabled-tools'];

/** @param workflow team.workflow */
export const flagKey = (workflow: string, suffix: FlagSuffix): string =>
  suffix === '' ? workflow : `${workflow}.${suffix}`;

export interface FlagName {
  /** team.workflow */
  workflow: string;
  suffix: FlagSuffix;
}

/** What a key names; null where it is no flag of ours. Keys of teams and workflows have no dots. */
export function parseFlagKey(key: string): FlagName | null {
  const first = key.indexOf('.');
  if (first < 1) return null;
  const second = key.indexOf('.', first + 1);
  const workflow = second < 0 ? key : key.slice(0, second);
  const suffix = second < 0 ? '' : key.slice(second + 1);
  if (workflow.length === first + 1 || (second >= 0 && suffix === '')) return null;
  const known = flagSuffixes.find((one) => one === suffix);
  return known === undefined ? null : { workflow, suffix: known };
}
