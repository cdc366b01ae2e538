import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { serveConsole } from '../../apps/api/src/platform/http/console-files.js';

let folder: string;
let server: FastifyInstance;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  await writeFile(join(folder, 'assets/main-4f2a.js'), 'console.log(1)');
  await writeFile(join(folder, '..', 'holdpoint-outside.txt'), 'outside');
  server = fastify();
  serveConsole(server, folder);
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
  await rm(join(folder, '..', 'holdpoint-outside.txt'));
});

const page = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('the console’s files', () => {
  test.each(['/', '/workflows', '/live/support.draft-reply', '/setup?token=abc'])(
    '%s is the console',
    async (path) => {
      const response = await fetch(`${url}${path}`, page);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<title>Console</title>');
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    },
  );

  test('a file with a hash in its name is kept for ever, others are asked for again', async () => {
    const asset = await fetch(`${url}/assets/main-4f2a.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
    const icon = await fetch(`${url}/icon.svg`);
    expect(icon.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${url}/icon.svg`, {
      headers: { 'if-none-match': icon.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test.each(['/assets/main-0000.js', '/assets/', '/missing.png'])(
    '%s is not there, for a script as for a page',
    async (path) => {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    },
  );

  test('an old script’s address never gives the page', async () => {
    expect((await fetch(`${url}/assets/main-0000.js`, page)).status).toBe(404);
  });

  test.each(['/api/nothing', '/graphql/x', '/v1/traces', '/ofrep/v1/x'])(
    '%s belongs to the server',
    async (path) => {
      expect((await fetch(`${url}${path}`, page)).status).toBe(404);
    },
  );

  test.each([
    '/..%2fholdpoint-outside.txt',
    '/%2e%2e/holdpoint-outside.txt',
    '/assets/..%2f..%2fholdpoint-outside.txt',
  ])('%s leads nowhere', async (path) => {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('outside');
  });

  test('without a build the server still runs and says what to do', async () => {
    const bare = fastify();
    serveConsole(bare, join(folder, 'nowhere'));
    const response = await bare.inject('/');
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('npm run build');
    expect((await bare.inject('/workflows')).statusCode).toBe(404);
    await bare.close();
  });
});
