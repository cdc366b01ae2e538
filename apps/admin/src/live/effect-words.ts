import type { EffectFactsFragment } from '../api/generated/documents.js';
import { clockTime, counted, span } from './live-words.js';

interface Told {
  askedAt: string;
  appliedAt: string;
  effect: EffectFactsFragment;
}

const between = (from: string, to: string) => Math.max(0, Date.parse(to) - Date.parse(from));

/** "Asked 22:03:14 · applied 0.1 s later · confirmed by 41 of 42 instances, slowest 0.8 s" */
export function effectWords({ askedAt, appliedAt, effect }: Told): string {
  const { expected, confirmed, slowestMs } = effect;
  const followed =
    expected === 0
      ? 'no instance with our SDK was running'
      : `confirmed by ${confirmed.toLocaleString('en')} of ${counted(expected, 'instance')}`;
  const slowest = expected > 0 && slowestMs !== null ? `, slowest ${span(slowestMs)}` : '';
  return `Asked ${clockTime(askedAt)} · applied ${span(between(askedAt, appliedAt))} later · ${followed}${slowest}`;
}

/** Whether nobody is waited for any more: all have followed, or it is no longer measured. */
export const isOver = (effect: EffectFactsFragment): boolean => !effect.measuring || isConfirmed(effect);

/** Whether all whom it concerns have followed. */
export function isConfirmed({ expected, confirmed, byOfrep }: EffectFactsFragment): boolean {
  return confirmed >= expected && byOfrep.fetched >= byOfrep.expected;
}
