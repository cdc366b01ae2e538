import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const holderShape = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.string(),
  /** When the system started that process, in its own ticks; null where it does not say. */
  born: z.string().nullable(),
});
type Holder = z.infer<typeof holderShape>;

const beatMs = 15_000;
/** After this long without a sign of life, a lock of another machine is left over. */
const silentMs = 60_000;

/** Another process has the data folder open. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(
    folder: string,
    readonly holder: Holder | null,
  ) {
    const who = holder
      ? `process ${String(holder.pid)} on ${holder.host}, since ${holder.startedAt}`
      : 'a process that is just starting';
    super(`The data folder ${folder} is in use by ${who}. Stop it, or set HOLDPOINT_DATA to another folder.`);
  }
}

/** Field 22 of /proc/<pid>/stat: tells a process from a later one with the same number. */
function bornOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isLeftOver(path: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs > silentMs;
  }
  return !isAlive(holder.pid) || (holder.born !== null && holder.born !== bornOf(holder.pid));
}

function parseHolder(text: string): Holder | null {
  try {
    return holderShape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Takes a lock file out of the way if it is left over. @throws FolderInUseError when it is not. */
async function clearLeftOver(folder: string, path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = parseHolder(text);
  // Half a file is one being written, or one whose writer died; its age tells.
  const leftOver = holder
    ? await isLeftOver(path, holder)
    : Date.now() - (await stat(path)).mtimeMs > silentMs;
  if (!leftOver) throw new FolderInUseError(folder, holder);
  const aside = `${path}.left-over-${String(process.pid)}`;
  await rename(path, aside);
  const moved = await readFile(aside, 'utf8');
  if (moved !== text) {
    // Somebody else took over between our look and our move: theirs is the lock.
    await rename(aside, path);
    throw new FolderInUseError(folder, parseHolder(moved));
  }
  await rm(aside, { force: true });
}

/**
 * Lets one process at a time have the data folder, which the embedded database itself does not see to.
 * The lock of a process that died is taken over.
 * @returns a function that gives it back. @throws FolderInUseError, which says who holds it and since when.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'holdpoint.lock');
  const born = bornOf(process.pid);
  const holder: Holder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString(), born };
  await clearLeftOver(folder, path);
  try {
    await writeFile(path, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new FolderInUseError(folder, parseHolder(await readFile(path, 'utf8')));
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    await rm(path, { force: true });
  };
}
