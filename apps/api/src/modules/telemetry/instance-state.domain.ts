import { silentAfter } from './effect.domain.js';

/**
 * What an instance is doing: `serving` what is served now, `behind` it, `ahead` of it (a version that this registry never
 * made: it was restored from an older copy, or something else is reported), in its failure behaviour (`fallback`),
 * `silent` for three intervals, or `stopped` in order. A caller without our SDK says nothing of itself, and has nothing to
 * say while nothing changes: it is `fetched` where the newest version is what it fetched last, else `fetchedOlder`.
 */
export const instanceStates = [
  'serving',
  'behind',
  'ahead',
  'fallback',
  'silent',
  'stopped',
  'fetched',
  'fetchedOlder',
] as const;
export type InstanceState = (typeof instanceStates)[number];

type Versioned = { incarnation: number; epoch: number };

export function instanceState(
  instance: Versioned & {
    via: 'sdk' | 'ofrep';
    environment: string;
    seenAt: Date;
    stoppedAt: Date | null;
    isFallback: boolean;
  },
  current: Versioned,
  now: Date,
): InstanceState {
  const { via, incarnation, epoch, seenAt, stoppedAt, isFallback } = instance;
  // Other environments count their versions apart.
  const isCounted = instance.environment === 'production';
  const order = isCounted ? incarnation - current.incarnation || epoch - current.epoch : 0;
  if (via === 'ofrep') return order < 0 ? 'fetchedOlder' : order > 0 ? 'ahead' : 'fetched';
  if (stoppedAt !== null) return 'stopped';
  if (seenAt.getTime() < now.getTime() - silentAfter) return 'silent';
  if (isFallback) return 'fallback';
  if (order === 0) return 'serving';
  return order < 0 ? 'behind' : 'ahead';
}
