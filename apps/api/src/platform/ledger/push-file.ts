import { open } from 'node:fs/promises';
import { readCheckpoint } from '@holdpoint/client/ledger/checkpoint.domain.js';
import { PushRefused } from './push-refused.js';

const mode = 0o600;
/** Longer than any checkpoint's line. */
const tailBytes = 16_384;

/**
 * The number of the last checkpoint in the file: 0 where there is none. Half a line that a crash left is cut off.
 * @throws PushRefused where the file ends in something that is no checkpoint
 */
export async function lastNumberIn(path: string): Promise<number> {
  const file = await open(path, 'a+', mode);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const tail = buffer.subarray(0, bytesRead);
    const whole = tail.lastIndexOf(10) + 1;
    if (whole < tail.length) await file.truncate(from + whole);
    const [line] = tail.subarray(0, whole).toString('utf8').trimEnd().split('\n').slice(-1);
    if (!line) return 0;
    const number = numberOf(line);
    if (number === null) throw new PushRefused('the file ends in something that is no checkpoint');
    return number;
  } finally {
    await file.close();
  }
}

function numberOf(line: string): number | null {
  try {
    const { checkpoint } = JSON.parse(line) as { checkpoint?: { canonical?: unknown } };
    return readCheckpoint(String(checkpoint?.canonical))?.number ?? null;
  } catch {
    return null;
  }
}

/** Appends, and returns when the disk has it. */
export async function appendTo(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', mode);
  try {
    await file.writeFile(line);
    await file.sync();
  } finally {
    await file.close();
  }
}
