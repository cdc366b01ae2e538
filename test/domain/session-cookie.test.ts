import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sessionToken } from '../../apps/api/src/platform/identity/session-cookie.js';

const name = 'holdpoint.session_token';
const secret = 'a-secret-that-signs-cookies';
const signed = (token: string, by = secret) =>
  encodeURIComponent(`${token}.${createHmac('sha256', by).update(token).digest('base64')}`);

describe('The cookie of a session', () => {
  test('gives its token, wherever it stands among others', () => {
    expect(sessionToken(`${name}=${signed('abc.def')}`, name, secret)).toBe('abc.def');
    expect(sessionToken(`theme=dark; ${name}=${signed('abc')};lang=en`, name, secret)).toBe('abc');
    expect(sessionToken(`x${name}=${signed('other')}; ${name}=${signed('abc')}`, name, secret)).toBe('abc');
  });

  test('counts for nothing with another signature, half of one, or none', () => {
    const of = (value: string) => sessionToken(`${name}=${value}`, name, secret);
    expect(of(signed('abc', 'another-secret'))).toBeNull();
    expect(of(signed('abc').replace('abc', 'abd'))).toBeNull();
    expect(of(signed('abc').slice(0, -8))).toBeNull();
    for (const value of ['', 'abc', 'abc.', '.', '%', '%E0%A4%A', 'a.b.c']) expect(of(value)).toBeNull();
  });

  test('is not looked for under another name', () => {
    expect(sessionToken(`__Secure-${name}=${signed('abc')}`, name, secret)).toBeNull();
    expect(sessionToken('', name, secret)).toBeNull();
  });
});
