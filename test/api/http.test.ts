import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };
const credentials = JSON.stringify({ email: 'nobody@example.com', password: 'not a password' });
const tryToSignIn = (headers: Record<string, string>, body = credentials) =>
  world.fetch('/api/auth/sign-in/email', { method: 'POST', headers, body });

type Answer = { status: number; body: string };

/** Sends a Host header of our choice, which fetch does not let us do. */
function getAs(host: string, path = '/healthz'): Promise<Answer> {
  const { port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('every answer', () => {
  test.each(['/', '/healthz', '/api/setup/state', '/api/nothing', '/nothing.js'])(
    '%s forbids what the console does not need',
    async (path) => {
      const { headers } = await world.fetch(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  test('carries the id of its request: the sender’s when it is sane, else ours', async () => {
    const idOf = async (sent: string) =>
      (await world.fetch('/healthz', { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
    expect(await idOf('pipeline-4711')).toBe('pipeline-4711');
    expect(await idOf('"><script>')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf('x'.repeat(500))).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is for this origin alone', async () => {
    const { headers } = await world.fetch('/api/setup/state', {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a page of another site', () => {
  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
  ])('cannot act in a visitor’s name: %j', async (headers) => {
    const response = await tryToSignIn({ ...json, ...headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });

  test('cannot reach GraphQL mutations or the sign-out either', async () => {
    const headers = { ...json, origin: 'https://evil.example' };
    for (const path of ['/graphql', '/api/auth/sign-out', '/api/setup']) {
      expect((await world.fetch(path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot send a form: %s',
    async (type) => {
      const response = await tryToSignIn({ 'content-type': type });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ error: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    },
  );

  test('cannot give this machine’s address a name of its own', async () => {
    expect((await getAs('evil.example')).status).toBe(421);
    expect((await getAs('localhost')).status).toBe(200);
  });
});

describe('the console’s own origin', () => {
  test('may act', async () => {
    const response = await tryToSignIn({ ...json, origin: world.url, 'sec-fetch-site': 'same-origin' });
    expect(response.status).toBe(401);
  });
});

describe('bad requests', () => {
  test.each([
    ['broken JSON', '{"email":', 400],
    ['an empty body', '', 400],
    ['a body that would change prototypes', '{"__proto__":{"admin":true}}', 400],
    ['a body over the limit', JSON.stringify({ email: 'x'.repeat(1_200_000) }), 413],
    ['a list instead of an object', '[]', 400],
    ['null', 'null', 400],
  ])('%s is refused with a code', async (_what, body, status) => {
    const response = await tryToSignIn(json, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { code: expect.any(String), message: expect.any(String) },
    });
  });

  test('an address that cannot be read, or is nowhere, says so as JSON', async () => {
    const unreadable = await getAs('localhost', '/%zz');
    expect(unreadable.status).toBe(400);
    expect(JSON.parse(unreadable.body)).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    const nowhere = await world.fetch('/api/nothing');
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const method = await world.fetch('/healthz', { method: 'DELETE' });
    expect(method.status).toBe(404);
  });
});

describe('the log', () => {
  test('has one line per request, without the query string', async () => {
    await world.fetch('/setup?token=only-for-you', { headers: { 'x-request-id': 'a-request-of-mine' } });
    const lines = world.logs.filter((line) => line.includes('a-request-of-mine'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'GET',
      path: '/setup',
      reqId: 'a-request-of-mine',
    });
    expect(world.logs.join('')).not.toContain('only-for-you');
  });
});
