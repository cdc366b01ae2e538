/**
 * What an API key may be made for. `ci` registers versions and evidence and moves what has passed its gates; `runtime`
 * serves whole decisions to servers, `runtime-public` to browsers; `narrow` rolls back only; `read` reads.
 */
export const keyScopes = ['ci', 'runtime', 'runtime-public', 'narrow', 'read'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** The environment that has stages. Keys of another one reach no promotion. */
export const productionEnvironment = 'production';

export function isKeyScope(value: string): value is KeyScope {
  return keyScopes.some((scope) => scope === value);
}
