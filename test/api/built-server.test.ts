import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type IntrospectionQuery,
} from 'graphql';

/** As it goes over the wire: fetch would unpack it. */
const rawGet = (address: string, encoding: string) =>
  new Promise<{ encoding: string | undefined; bytes: number }>((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': encoding } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve({ encoding: response.headers['content-encoding'], bytes }));
    }).on('error', reject);
  });

const root = fileURLToPath(new URL('../../', import.meta.url));
const server = join(root, 'apps/api/dist/server.js');
/** `npm test` builds first; a single run of jest may not have. */
const whenBuilt = existsSync(server) ? describe : describe.skip;

whenBuilt('What `npm start` runs', () => {
  let child: ChildProcess;
  let url: string;
  let said = '';
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-built-'));

  beforeAll(async () => {
    child = spawn(process.execPath, [server], {
      env: { PATH: process.env['PATH'], PORT: '0', HOLDPOINT_DATA: folder, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    url = await new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        said += chunk.toString();
        const address = /Holdpoint is at (http:\S+)/.exec(said)?.[1];
        if (address && said.includes('Started in')) resolve(address);
      };
      child.stdout?.on('data', listen);
      child.stderr?.on('data', listen);
      child.once('exit', () => reject(new Error(said)));
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  test('it says where it is and how the first administrator comes in', () => {
    expect(said).toMatch(/Holdpoint is at http:\/\/127\.0\.0\.1:\d+/);
    expect(said).toMatch(/\/setup\?token=\S+/);
  });

  test('it sends the console compressed, at a third of its bytes', async () => {
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const sizeAs = async (encoding: string) => {
      const response = await rawGet(`${url}${script}`, encoding);
      expect(response.encoding).toBe(encoding === 'identity' ? undefined : encoding);
      return response.bytes;
    };
    const whole = await sizeAs('identity');
    expect(await sizeAs('br')).toBeLessThan(whole / 3);
    expect(await sizeAs('gzip')).toBeLessThan(whole / 2.5);
  });

  test('it serves exactly the schema that is in git, names and all', async () => {
    const post = (path: string, body: object, cookie = '') =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(body),
      });
    const login = { email: 'first@example.com', password: 'correct horse battery staple' };
    const token = /\/setup\?token=(\S+)/.exec(said)?.[1] ?? '';
    expect((await post('/api/setup', { token, name: 'First', ...login })).ok).toBe(true);
    const session = await post('/api/auth/sign-in/email', login);
    const cookie = session.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const response = await post('/graphql', { query: getIntrospectionQuery() }, cookie);
    const { data } = (await response.json()) as { data: IntrospectionQuery };
    const served = printSchema(lexicographicSortSchema(buildClientSchema(data)));
    const kept = readFileSync(join(root, 'apps/api/schema.graphql'), 'utf8');
    expect(served.trim()).toBe(kept.slice(kept.indexOf('\n')).trim());
  });

  test('it serves the console', async () => {
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
  });
});
