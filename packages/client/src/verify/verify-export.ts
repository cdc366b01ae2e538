import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { ExportHeader } from '../ledger/export-format.domain.js';
import { BlockReader, NoLines } from './block-reader.js';
import type { SeenCheckpoint } from './checkpoint-chain.js';
import { ExportFollower, parsedLine } from './export-follower.js';
import type { Finding } from './finding.js';
import { inThisThread, inThreads, type Scanned, type ScanPool } from './scan-pool.js';
import type { TrustedCheckpoints } from './trusted-checkpoints.js';

export interface VerifyOptions {
  /** Public keys that are trusted; none verifies the chains alone. */
  keys: readonly KeyObject[];
  trusted: TrustedCheckpoints | null;
  /** Worker threads to use, 0 for none. */
  threads: number;
}

export interface Verification {
  /** The first thing that is wrong; null where all is well. */
  finding: Finding | null;
  scope: Pick<ExportHeader, 'exportedAt' | 'chain' | 'after'> | null;
  entries: number;
  chains: number;
  checkpoints: number;
  /** Entries that no checkpoint here covers yet. */
  uncovered: number;
  reasons: { matched: number; erased: number; exported: boolean };
  lastCheckpoint: SeenCheckpoint | null;
}

/** As many as there are cores, up to where reading the file is what takes the time. */
export const usefulThreads = (): number => Math.min(4, availableParallelism());

/** Follows an export from its first byte to its last, with memory that grows with the number of chains alone. */
export async function verifyExport(
  stream: AsyncIterable<Uint8Array>,
  options: VerifyOptions,
): Promise<Verification> {
  const reader = new BlockReader();
  const blocks = reader.blocks(stream);
  let pool: ScanPool | null = null;
  try {
    const first = await blocks.next();
    const header = first.done === true ? null : headerOf(first.value);
    if (first.done === true || !header) return nothing('its first line is not that of a ledger export');
    const follower = new ExportFollower(header, options.keys, options.trusted);
    pool = options.threads > 0 ? inThreads(options.threads, header.reasons) : inThisThread(header.reasons);
    const { finding, lines } = await scanAll(first.value, blocks, pool, follower);
    const isSigned = options.keys.length > 0;
    return summary(header, follower, finding ?? follower.finish(lines, isSigned, reader.isCut));
  } catch (error) {
    if (error instanceof NoLines) return nothing('it has no lines: this is no ledger export');
    throw error;
  } finally {
    await pool?.close();
    await blocks.return(undefined);
  }
}

/** Scans blocks ahead, and follows what was found in their order. */
async function scanAll(
  first: Buffer,
  blocks: AsyncIterator<Buffer>,
  pool: ScanPool,
  follower: ExportFollower,
): Promise<{ finding: Finding | null; lines: number }> {
  const underway: Promise<Scanned>[] = [];
  let lines = 0;
  let block: Buffer | null = first;
  while (block || underway.length > 0) {
    while (block && underway.length < pool.width) {
      underway.push(pool.scan(block));
      const next: IteratorResult<Buffer, unknown> = await blocks.next();
      block = next.done === true ? null : next.value;
    }
    const scanned = await underway.shift();
    for (const event of scanned?.events ?? []) {
      const line = lines + event.line + 1;
      // The first has been read already.
      const finding = line === 1 ? null : follower.follow(event, line);
      if (finding) {
        await Promise.allSettled(underway);
        return { finding, lines };
      }
    }
    lines += scanned?.lines ?? 0;
  }
  return { finding: null, lines };
}

function headerOf(block: Buffer): ExportHeader | null {
  const end = block.indexOf(0x0a);
  const line = parsedLine(block.toString('utf8', 0, end < 0 ? block.length : end));
  return line && 'export' in line ? line.export : null;
}

function summary(header: ExportHeader, follower: ExportFollower, finding: Finding | null): Verification {
  const { exportedAt, chain, after } = header;
  const { chains, checkpoints, reasons, erased } = follower;
  return {
    finding,
    scope: { exportedAt, chain, after },
    entries: chains.entries,
    chains: chains.size,
    checkpoints: checkpoints.count,
    uncovered: chains.uncovered,
    reasons: { matched: reasons, erased, exported: header.reasons },
    lastCheckpoint: checkpoints.last,
  };
}

const nothing = (message: string): Verification => ({
  finding: { kind: 'malformed', line: 1, message },
  scope: null,
  entries: 0,
  chains: 0,
  checkpoints: 0,
  uncovered: 0,
  reasons: { matched: 0, erased: 0, exported: false },
  lastCheckpoint: null,
});
