import { describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '../../apps/api/src/platform/config/config-error.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import { sessionSecret } from '../../apps/api/src/platform/config/session-secret.js';

const secret = 'a-secret-of-more-than-thirty-two-characters';
const server = { DATABASE_URL: 'postgresql://app:hunter2@db:5432/holdpoint', HOLDPOINT_SECRET: secret };

function refusal(env: Record<string, string>, argv: string[] = []): ConfigError {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('configuration', () => {
  test('nothing needs to be set', () => {
    const { config, warnings } = readConfig({}, []);
    expect(config).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: null,
      demo: false,
      logLevel: 'info',
    });
    expect(config.dataFolder).toBe(resolve('./data'));
    expect(warnings).toEqual([]);
  });

  test('an empty variable counts as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ' }, []).config).toMatchObject({
      port: 4000,
      databaseUrl: null,
    });
  });

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '4000abc'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://db/holdpoint'],
    ['HOLDPOINT_PUBLIC_URL', 'console.example.net'],
    ['HOLDPOINT_PUBLIC_URL', 'https://example.com/holdpoint'],
    ['HOLDPOINT_SECRET', 'short'],
    ['HOLDPOINT_UPLOAD_LIMIT_MB', '0'],
    ['NODE_ENV', 'staging'],
  ])('a bad %s (%s) is named and its value is not repeated', (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.problems.map((problem) => problem.variable)).toContain(variable);
    expect(error.message).toContain(variable);
    if (value.length > 1) expect(error.message).not.toContain(value);
  });

  test('every fault is told at once', () => {
    const error = refusal({ PORT: 'x', LOG_LEVEL: 'y' }, ['--dmeo']);
    expect(error.problems.map((problem) => problem.variable)).toEqual(['PORT', 'LOG_LEVEL', '--dmeo']);
  });

  test('a misspelt variable of ours is warned about, other programs’ variables are not', () => {
    const { warnings } = readConfig(
      { HOLDPOINT_DTAA: '/x', HOME: '/root', HOLDPOINT_TEST_ENGINE: 'postgres' },
      [],
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('HOLDPOINT_DTAA');
  });

  test('the public address is kept as an origin', () => {
    const { config } = readConfig({ HOLDPOINT_PUBLIC_URL: 'https://Holdpoint.Example.com/' }, []);
    expect(config.publicUrl).toBe('https://holdpoint.example.com');
  });

  test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('--demo runs on %s', (HOST) => {
    expect(readConfig({ HOST }, ['--demo']).config.demo).toBe(true);
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'holdpoint.example.com', '127.0.0.1.example.com'])(
    '--demo is refused on %s',
    (HOST) => {
      expect(refusal({ HOST }, ['--demo']).problems[0]).toMatchObject({ variable: 'HOST' });
    },
  );

  test('--demo is refused behind a public address', () => {
    const error = refusal({ HOLDPOINT_PUBLIC_URL: 'https://holdpoint.example.com' }, ['--demo']);
    expect(error.problems[0]).toMatchObject({ variable: 'HOLDPOINT_PUBLIC_URL' });
  });

  test('a database server needs a secret that all servers share', () => {
    expect(refusal({ DATABASE_URL: server.DATABASE_URL }).problems[0]).toMatchObject({
      variable: 'HOLDPOINT_SECRET',
    });
    expect(readConfig(server, []).config.secret).toBe(secret);
  });
});

describe('session secret', () => {
  test('is made once, for its owner’s eyes only, and found again at the next start', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'holdpoint-secret-'));
    try {
      const [first, second] = await Promise.all(
        [1, 2].map(() => sessionSecret({ secret: null, dataFolder })),
      );
      expect(first).toBe(second);
      expect(first?.length).toBeGreaterThanOrEqual(43);
      expect(await sessionSecret({ secret: null, dataFolder })).toBe(first);
      expect((await stat(join(dataFolder, 'session-secret'))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(dataFolder, { recursive: true });
    }
  });

  test('a damaged file is refused rather than used', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'holdpoint-secret-'));
    try {
      await writeFile(join(dataFolder, 'session-secret'), 'x');
      await expect(sessionSecret({ secret: null, dataFolder })).rejects.toThrow('damaged');
    } finally {
      await rm(dataFolder, { recursive: true });
    }
  });
});
