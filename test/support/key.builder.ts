import type { Person, World } from './world.js';

export interface KeyOptions {
  name?: string;
  kind?: 'service' | 'agent';
  environment?: string;
  scopes?: readonly string[];
  teamIds?: readonly string[];
  workflowIds?: readonly string[];
  expiresAt?: string;
}

export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** What `keyCreate` takes, with the terms that most tests do not care about. */
export const keyInput = (over: KeyOptions): Record<string, unknown> => ({
  ...{ name: 'CI', kind: 'service', environment: 'production', scopes: ['ci'], expiresAt: inDays(30) },
  ...over,
});

/** A service or an agent: asks like a person, with its key. */
export type KeyHolder = Person & { secret: string };

/** A key that this person made. */
export async function makeKey(world: World, maker: Person, options: KeyOptions): Promise<KeyHolder> {
  const { key, secret } = await world.mustAct<{ key: { id: string; name: string }; secret: string }>(
    'keyCreate',
    'key { id name } secret',
    keyInput(options),
    maker,
  );
  return { userId: key.id, name: key.name, email: '', password: '', cookie: '', secret };
}
