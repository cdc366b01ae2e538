import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryLine } from '@holdpoint/client/ledger/export-format.domain.js';
import type { LedgerContent } from '@holdpoint/client/ledger/entry.domain.js';
import type { Finding } from '@holdpoint/client/verify/finding.js';
import { canonicalJson } from '../../apps/api/src/platform/digest/digest.js';
import type { Person, World } from './world.js';

const bin = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const built = fileURLToPath(new URL('../../packages/client/dist/holdpoint.js', import.meta.url));

export interface VerifyAnswer {
  ok: boolean;
  finding: Finding | null;
  entries: number;
  chains: number;
  checkpoints: number;
  uncovered: number;
  reasons: { matched: number; erased: number; exported: boolean };
  lastCheckpoint: { number: number; hash: string; keyId: string } | null;
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The real command, as a process of its own. */
export function holdpoint(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  if (!existsSync(built)) throw new Error('This test runs the built command: npm test builds it first');
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

/** A folder of files for the command. */
export class LedgerFiles {
  private count = 0;
  private constructor(readonly folder: string) {}

  static async open(): Promise<LedgerFiles> {
    return new LedgerFiles(await mkdtemp(join(tmpdir(), 'holdpoint-ledger-')));
  }

  async write(text: string, name?: string): Promise<string> {
    this.count += 1;
    const path = join(this.folder, name ?? `${String(this.count)}.jsonl`);
    await writeFile(path, text);
    return path;
  }

  /** Runs `holdpoint ledger verify --json` on this text. */
  async verify(text: string, key: string, ...more: string[]): Promise<VerifyAnswer & { code: number }> {
    const path = await this.write(text);
    const { code, out, err } = await holdpoint(['ledger', 'verify', path, '--key', key, '--json', ...more]);
    if (out === '') throw new Error(err);
    return { code, ...(JSON.parse(out) as VerifyAnswer) };
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export async function exportOf(world: World, as: Person, query = ''): Promise<string> {
  const response = await world.fetch(`/ledger/export${query}`, { as });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return response.text();
}

export async function keyOf(world: World, as: Person): Promise<string> {
  return (await world.fetch('/ledger/key.pem', { as })).text();
}

export const linesOf = (text: string): string[] => text.trimEnd().split('\n');
export const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** The content of an entry's line, or null for another line. */
export function contentOf(line: string): LedgerContent | null {
  const { entry } = JSON.parse(line) as { entry?: LedgerContent };
  return entry ?? null;
}

/** An entry's line with this content, sealed as a forger would. */
export function sealedLine(content: LedgerContent): string {
  const canonical = canonicalJson(content);
  return entryLine(sha256Of(canonical), canonical).trimEnd();
}

/** Place in the file of the entry with this number in its chain. */
export const placeOf = (lines: readonly string[], chain: string, seq: number): number =>
  lines.findIndex((line) => {
    const content = contentOf(line);
    return content?.chain === chain && content.seq === seq;
  });

/** The last line, with counts changed as a careful forger would. */
export function recounted(lines: readonly string[], change: Record<string, number>): string[] {
  const edit = (line: string, kind: 'export' | 'end') => {
    const value = (JSON.parse(line) as Record<string, Record<string, number>>)[kind]!;
    for (const [name, by] of Object.entries(change)) if (name in value) value[name] = value[name]! + by;
    return JSON.stringify({ [kind]: value });
  };
  return [edit(lines[0]!, 'export'), ...lines.slice(1, -1), edit(lines.at(-1)!, 'end')];
}
