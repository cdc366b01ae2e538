import { silentAfter } from './effect.domain.js';

/**
 * What an instance is doing: `serving` what is served now, `behind` it, `ahead` of it (a version that this registry never
 * made: it was restored from an older copy), in its failure behaviour (`fallback`), `silent` for three intervals, or
 * `stopped` in order.
 */
export const instanceStates = ['serving', 'behind', 'ahead', 'fallback', 'silent', 'stopped'] as const;
export type InstanceState = (typeof instanceStates)[number];

type Versioned = { incarnation: number; epoch: number };

export function instanceState(
  instance: Versioned & { environment: string; seenAt: Date; stoppedAt: Date | null; isFallback: boolean },
  current: Versioned,
  now: Date,
): InstanceState {
  const { incarnation, epoch, seenAt, stoppedAt, isFallback } = instance;
  if (stoppedAt !== null) return 'stopped';
  if (seenAt.getTime() < now.getTime() - silentAfter) return 'silent';
  if (isFallback) return 'fallback';
  // Other environments count their versions apart.
  if (instance.environment !== 'production') return 'serving';
  const order = incarnation - current.incarnation || epoch - current.epoch;
  if (order === 0) return 'serving';
  return order < 0 ? 'behind' : 'ahead';
}
