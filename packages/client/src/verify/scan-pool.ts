import { Worker } from 'node:worker_threads';
import { BlockScanner, type ScanEvent } from './block-scanner.js';

export interface Scanned {
  events: ScanEvent[];
  lines: number;
}

/** Scans blocks, several at once where there are threads; results come in the order of the blocks. */
export interface ScanPool {
  scan(block: Buffer): Promise<Scanned>;
  /** How many blocks may be under way at once. */
  width: number;
  close(): Promise<void>;
}

export function inThisThread(withReasons: boolean): ScanPool {
  const scanner = new BlockScanner(withReasons);
  return { width: 1, scan: (block) => Promise.resolve(scanner.scan(block)), close: () => Promise.resolve() };
}

export function inThreads(count: number, withReasons: boolean): ScanPool {
  const threads = Array.from({ length: count }, () => {
    const url = new URL('./scan-worker.js', import.meta.url);
    const worker = new Worker(url, { workerData: { withReasons } });
    const waiting: { resolve: (scanned: Scanned) => void; reject: (error: Error) => void }[] = [];
    worker.on('message', (scanned: Scanned) => waiting.shift()?.resolve(scanned));
    worker.on('error', (error: unknown) => {
      for (const one of waiting.splice(0))
        one.reject(error instanceof Error ? error : new Error(String(error)));
    });
    return { worker, waiting };
  });
  let next = 0;
  return {
    width: count * 2,
    scan(block) {
      const thread = threads[next % count];
      next += 1;
      if (!thread) throw new Error('There is no thread to scan with');
      return new Promise((resolve, reject) => {
        thread.waiting.push({ resolve, reject });
        const { buffer, byteOffset, length } = block;
        // Small blocks lie in memory that Node shares out, which must stay here.
        const own =
          length < Buffer.poolSize ? Uint8Array.from(block) : new Uint8Array(buffer, byteOffset, length);
        thread.worker.postMessage(own, [own.buffer as ArrayBuffer]);
      });
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
