import { mkdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { apart } from '../../apps/api/tools/bundle-api.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'apps/api/dist') + sep;

/**
 * A script of this folder that runs on the built API, joined with it into few files: a process that is started dozens
 * of times only to be killed would spend most of its life opening thousands.
 * @param name without its ending. @returns the path of what is to be run
 */
export async function bundledRunner(name: string): Promise<string> {
  const dir = join(root, '.cache/test-runners', name);
  await mkdir(dir, { recursive: true });
  const bundle = await rolldown({
    input: join(root, 'test/support', `${name}.mjs`),
    platform: 'node',
    external: apart,
    plugins: [
      {
        name: 'keep-own-address',
        transform: (code, id) =>
          id.startsWith(dist) && code.includes('import.meta.url')
            ? { code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) }
            : null,
      },
    ],
    logLevel: 'silent',
  });
  await bundle.write({ dir, format: 'esm', keepNames: true, entryFileNames: 'runner.mjs' });
  await bundle.close();
  return join(dir, 'runner.mjs');
}
