import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { HttpError } from 'react-admin';
import { EntryCounter } from './entry-counter.js';

export interface ExportProgress {
  entries: number;
  bytes: number;
  /** Entries in all, as the server said before the first one. */
  total: number | null;
}

export type ExportState =
  | { is: 'idle' }
  | { is: 'running'; progress: ExportProgress }
  | { is: 'done'; progress: ExportProgress; fileName: string }
  | { is: 'failed'; message: string };

/** Bytes that are gathered before the browser may put them where it likes, which for large files is the disk. */
const batchSize = 8 * 1024 * 1024;
/** Milliseconds between two looks at the progress. */
const pace = 100;

/** Streams an export into a file of the browser's, and says how far it has come. */
export function useLedgerExport() {
  const [state, setState] = useState<ExportState>({ is: 'idle' });
  const running = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  useEffect(() => () => running.current?.abort(), []);

  const start = async (path: string) => {
    const controller = new AbortController();
    running.current = controller;
    setState({ is: 'running', progress: { entries: 0, bytes: 0, total: null } });
    try {
      const { blob, fileName, progress } = await receive(path, controller.signal, (now) =>
        setState({ is: 'running', progress: now }),
      );
      save(blob, fileName);
      setState({ is: 'done', progress, fileName });
      // A checkpoint was signed for it.
      void queries.invalidateQueries();
    } catch (error) {
      if (controller.signal.aborted) setState({ is: 'idle' });
      else setState({ is: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return { state, start, cancel: () => running.current?.abort() };
}

async function receive(path: string, signal: AbortSignal, report: (progress: ExportProgress) => void) {
  const response = await fetch(path, { signal, credentials: 'same-origin' });
  if (!response.ok || !response.body) throw await refusalOf(response);
  const total = Number(response.headers.get('x-total-entries') ?? Number.NaN);
  const fileName = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const counter = new EntryCounter();
  const progressNow = (): ExportProgress => ({
    ...{ entries: counter.entries, bytes: counter.bytes },
    total: Number.isFinite(total) ? total : null,
  });
  let blob = new Blob([]);
  let batch: BlobPart[] = [];
  let batched = 0;
  let reported = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    counter.take(read.value);
    batch.push(read.value);
    batched += read.value.length;
    if (batched >= batchSize) {
      blob = new Blob([blob, ...batch]);
      [batch, batched] = [[], 0];
    }
    if (performance.now() - reported < pace) continue;
    reported = performance.now();
    report(progressNow());
  }
  blob = new Blob([blob, ...batch], { type: 'application/x-ndjson' });
  return { blob, fileName: fileName ?? 'holdpoint-ledger.jsonl', progress: progressNow() };
}

async function refusalOf(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  const message = body?.error?.message ?? `The server answered ${response.status}.`;
  return new HttpError(message, response.status, body);
}

function save(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // Not at once: some browsers begin to read only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
