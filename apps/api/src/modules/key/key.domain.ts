import { keyLife, type KeyState } from './key.schema.js';

const day = 86_400_000;

export interface KeyLife {
  expiresAt: Date;
  revokedAt: Date | null;
  /** Whether a newer key takes over from it. */
  replaced: boolean;
}

export function keyState({ expiresAt, revokedAt, replaced }: KeyLife, now: Date): KeyState {
  if (revokedAt !== null && revokedAt <= now) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return replaced ? 'ending' : 'active';
}

export const isUsable = (state: KeyState): boolean => state === 'active' || state === 'ending';

/** Why a key may not be made to last until then; null where it may. */
export function lifeObjection(expiresAt: Date, now: Date): string | null {
  if (expiresAt <= now) return 'This is not in the future';
  return expiresAt.getTime() - now.getTime() > keyLife.most * day
    ? `A key lasts at most ${String(keyLife.most)} days`
    : null;
}

/** When a rotated key ends: after the overlap, and never later than it would have anyway. */
export const endAfterOverlap = (expiresAt: Date, overlapDays: number, now: Date): Date =>
  new Date(Math.min(expiresAt.getTime(), now.getTime() + overlapDays * day));
