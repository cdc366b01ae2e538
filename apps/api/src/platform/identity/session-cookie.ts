import { createHmac, timingSafeEqual } from 'node:crypto';

function valueOf(cookies: string, name: string): string | null {
  for (const part of cookies.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/**
 * The token that a cookie of the authentication library carries: `token.signature`, percent-encoded, with the base64 of
 * HMAC-SHA256 as the signature.
 * @param cookies of the request's header
 * @returns null where there is none, or one that was not signed with this secret
 */
export function sessionToken(cookies: string, name: string, secret: string): string | null {
  const signed = decoded(valueOf(cookies, name) ?? '');
  const at = signed?.lastIndexOf('.') ?? -1;
  if (signed === null || at < 1) return null;
  const token = signed.slice(0, at);
  const given = Buffer.from(signed.slice(at + 1), 'base64');
  const made = createHmac('sha256', secret).update(token).digest();
  return given.length === made.length && timingSafeEqual(given, made) ? token : null;
}
