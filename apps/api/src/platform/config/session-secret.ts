import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.js';

/**
 * The key that signs session cookies: the configured one, else the one kept in the data folder, which is made
 * at the first start, readable by its owner alone.
 */
export async function sessionSecret(config: Pick<Config, 'secret' | 'dataFolder'>): Promise<string> {
  if (config.secret !== null) return config.secret;
  const file = join(config.dataFolder, 'session-secret');
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  // Written aside and linked into place: of two processes that start at once, both read what the first one
  // linked, whole.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32) throw new Error(`${file} is damaged; remove it and everyone signs in again`);
  return secret;
}
