// Generates the Prisma client when schema.prisma or Prisma itself has changed since the last time.
// `prisma generate` asks for a schema engine that it does not run; pointing it at Node spares a download.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const prismaPackage = require.resolve('prisma/package.json');
const generated = join(root, 'apps/api/src/platform/database/generated');
const stamp = join(generated, '.schema-sha256');

const sources = [join(root, 'prisma/schema.prisma'), join(root, 'prisma.config.ts'), prismaPackage];
const hash = createHash('sha256');
for (const source of sources) hash.update(readFileSync(source));
const digest = hash.digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0);

const cli = join(dirname(prismaPackage), JSON.parse(readFileSync(prismaPackage, 'utf8')).bin.prisma);
const run = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
  cwd: root,
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout}${run.stderr}`);
  throw new Error('prisma generate failed; its output is above');
}
mkdirSync(generated, { recursive: true });
writeFileSync(stamp, digest);
