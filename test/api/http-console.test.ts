import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { serveConsole } from '../../apps/api/src/platform/http/console-files.js';

let folder: string;
let server: FastifyInstance;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-console-'));
  await build(folder, '4f2a', 'Console');
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

const scriptOf = (name: string) => `document.title = '${name}'`;
const htmlOf = (hash: string, name: string) =>
  `<!doctype html><title>${name}</title><script src="/assets/main-${hash}.js"></script>`;

/** A console as the build leaves it: texts with their compressed copies beside them. */
async function build(folder: string, hash: string, name: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  for (const [path, text] of [
    ['index.html', htmlOf(hash, name)],
    [`assets/main-${hash}.js`, scriptOf(name)],
  ] as const) {
    await writeFile(join(folder, path), text);
    await writeFile(join(folder, `${path}.gz`), gzipSync(text));
    await writeFile(join(folder, `${path}.br`), brotliCompressSync(text));
  }
}

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

  test('a build that takes the place of another while the server runs is served whole', async () => {
    const replaced = await mkdtemp(join(tmpdir(), 'holdpoint-replaced-'));
    await build(replaced, '1a2b', 'old');
    const running = fastify();
    serveConsole(running, replaced);
    const address = await running.listen({ port: 0, host: '127.0.0.1' });
    await rm(replaced, { recursive: true });
    await build(replaced, '9f8e', 'a new one, which is longer');

    for (const accepted of ['identity', 'gzip', 'br']) {
      const headers = { ...page.headers, 'accept-encoding': accepted };
      const html = await (await fetch(`${address}/workflows`, { headers })).text();
      expect(html).toBe(htmlOf('9f8e', 'a new one, which is longer'));
      const script = await fetch(`${address}/assets/main-9f8e.js`, {
        headers: { 'accept-encoding': accepted },
      });
      expect([script.status, await script.text()]).toEqual([200, scriptOf('a new one, which is longer')]);
    }
    await running.close();
    await rm(replaced, { recursive: true });
  });

  test('a text is sent compressed to who takes it so, and as it is to who does not', async () => {
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const script = await fetch(`${url}/assets/main-4f2a.js`, { headers: { 'accept-encoding': accepted } });
      expect(script.headers.get('content-encoding')).toBe(encoding);
      expect(script.headers.get('vary')).toBe('Accept-Encoding');
      expect(await script.text()).toBe(scriptOf('Console'));
    }
    const asked = await fetch(`${url}/assets/main-4f2a.js`, { method: 'HEAD' });
    expect([asked.status, await asked.text()]).toEqual([200, '']);
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
