import { Refusal } from '../refusal/refusal.js';
import type { UserErrorType } from './user-error.types.js';

export type Answer<K extends string, T> = Record<K, T | null> & { userErrors: UserErrorType[] };

/** Turns a refusal into user errors. Everything else is a fault and stays one. */
export async function answer<K extends string, T>(key: K, work: () => Promise<T>): Promise<Answer<K, T>> {
  try {
    return { [key]: await work(), userErrors: [] } as unknown as Answer<K, T>;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { [key]: null, userErrors: [...error.errors] } as unknown as Answer<K, T>;
  }
}
