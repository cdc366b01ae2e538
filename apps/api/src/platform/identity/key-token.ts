import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Every key's secret begins so, that a leaked one is recognised for what it is. */
const mark = 'hp_';
const shape = /^hp_[A-Za-z0-9_-]{43}$/;

export interface NewToken {
  /** Shown once and kept nowhere. */
  secret: string;
  /** Hex sha256 of the secret. */
  hash: string;
  /** The first characters, by which a person tells keys apart. */
  prefix: string;
}

export function newToken(random: (size: number) => Buffer = randomBytes): NewToken {
  const secret = `${mark}${random(32).toString('base64url')}`;
  return { secret, hash: hashToken(secret), prefix: secret.slice(0, mark.length + 6) };
}

export const hashToken = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** What a request sends as `Authorization: Bearer …`; null without one, `''` for what no key looks like. */
export function bearerToken(header: string | undefined): string | null {
  const [scheme = '', token = '', ...more] = (header ?? '').trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'bearer') return null;
  return more.length === 0 && shape.test(token) ? token : '';
}

export const sameHash = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
