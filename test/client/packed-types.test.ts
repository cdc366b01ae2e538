import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const run = promisify(execFile);

/** An application that uses everything the package gives out, and one thing that it does not. */
const application = `
import { Holdpoint, type HoldpointOptions, type Served, type Snapshot } from '@holdpoint/client';
import { HoldpointProvider } from '@holdpoint/client/openfeature';
import { decide } from '@holdpoint/client/decide';
import { decide as byFile } from '@holdpoint/client/decide/decide.js';
import { heartbeat, type Heartbeat } from '@holdpoint/client/report';
import { flagKey } from '@holdpoint/client/flags/flag-list.js';
import { chainOf, verifyExport } from './ledger.js';

const options: HoldpointOptions = { application: 'support-desk', workflows: ['support.reply'] };
const holdpoint = new Holdpoint(options);
const stop: () => void = holdpoint.on('changed', () => undefined);
const served: Served = holdpoint.workflow('support.reply').get({ user: 'u-1' });
const alias: string | null = served.release;
export const all = [stop, alias, new HoldpointProvider(holdpoint), flagKey('support.reply', 'prompts'), verifyExport, chainOf];
export const said: Heartbeat = heartbeat.parse({});
export const decided = (snapshot: Snapshot) => [decide(snapshot, {}, 0).outcome, byFile(snapshot, {}, 0).outcome];
// @ts-expect-error There is no such option: what is imported has types.
new Holdpoint({ application: 'support-desk', workflow: 'support.reply' });
`;
const ledger = `
export { verifyExport } from '@holdpoint/client/verify/verify-export.js';
export * as chainOf from '@holdpoint/client/ledger/chain.domain.js';
`;

describe('the client package, packed and installed in an empty folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-consumer-'));
    const packed = await run(
      'npm',
      ['pack', '-w', 'packages/client', '--json', '--pack-destination', folder],
      {
        cwd: root,
      },
    );
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    const installed = join(folder, 'node_modules/@holdpoint/client');
    await mkdir(installed, { recursive: true });
    await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components', '1']);
    for (const name of ['zod', '@openfeature/server-sdk', '@openfeature/core', '@types/node']) {
      const link = join(folder, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(join(root, 'node_modules', name), link);
    }
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(folder, 'application.ts'), application);
    await writeFile(join(folder, 'ledger.ts'), ledger);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'is type-checked by its declarations, with module %s and resolution %s',
    async (module, moduleResolution) => {
      // Stricter than this repository in what only sources could break.
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'es2022', lib: ['es2022'], types: ['node'], noEmit: true },
        ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noUnusedLocals: true },
        ...{ noUnusedParameters: true, noPropertyAccessFromIndexSignature: true, erasableSyntaxOnly: true },
      };
      const project = join(folder, `tsconfig.${moduleResolution}.json`);
      await writeFile(project, JSON.stringify({ compilerOptions, files: ['application.ts'] }));
      const checked = await run(process.execPath, [tsc, '-p', project, '--listFiles'], { cwd: folder }).catch(
        (error: unknown) => error as { stdout: string },
      );
      const lines = checked.stdout.trim().split('\n');
      expect(lines.filter((line) => line.includes('error TS'))).toEqual([]);
      const ours = lines.filter((line) => line.includes('@holdpoint/client/'));
      expect(ours.length).toBeGreaterThan(10);
      expect(ours.filter((line) => !line.endsWith('.d.ts'))).toEqual([]);
    },
  );

  test('says nothing of the machine that packed it', async () => {
    const installed = join(folder, 'node_modules/@holdpoint/client');
    const found = await run('grep', ['-rlF', root, installed]).catch(() => ({ stdout: '' }));
    expect(found.stdout).toBe('');
  });

  test('has the command', async () => {
    const bin = join(folder, 'node_modules/@holdpoint/client/bin/holdpoint.js');
    expect((await run(process.execPath, [bin, 'rollback', '--help'])).stdout).toContain('--incident NUMBER');
  });
});
