import { errorsOfBody, type HttpErrorBody } from '../api/http-error.js';
import type { ProblemFragment } from '../api/generated/documents.js';

export interface UploadTarget {
  workflowId: string;
  suiteId: string;
  releaseId: string | null;
  format: 'promptfoo' | 'plain';
  /** Left out: regular, unless the cases name red-team plugins. */
  kind?: 'regular' | 'redteam';
}

export interface UploadState {
  id: string;
  /** receiving, staging, committed or refused */
  state: string;
  bytesReceived: number;
  bytesTotal: number | null;
  casesStaged: number;
  runs: { id: string; counts: boolean; uncountedReason: string | null }[];
}

export interface UploadAnswer {
  upload: UploadState | null;
  problems: ProblemFragment[];
}

/**
 * Streams a result file and resolves with the server's last word. `uploadId` is chosen here, so that progress can be
 * asked for while the file is still on its way. `onSent` gets the share of the bytes that has been sent, 0 to 1.
 */
export function sendFile(
  target: UploadTarget,
  uploadId: string,
  file: File,
  onSent: (share: number) => void,
): { answer: Promise<UploadAnswer>; abort: () => void } {
  const query = new URLSearchParams({
    ...target,
    releaseId: target.releaseId ?? '',
    uploadId,
    fileName: file.name,
  });
  if (!target.releaseId) query.delete('releaseId');
  const transfer = new XMLHttpRequest();
  const answer = new Promise<UploadAnswer>((resolve, reject) => {
    transfer.open('POST', `/api/eval-uploads?${query.toString()}`);
    transfer.setRequestHeader('content-type', 'application/octet-stream');
    transfer.responseType = 'json';
    transfer.upload.onprogress = (event) => onSent(event.total > 0 ? event.loaded / event.total : 0);
    transfer.onload = () => {
      const body = transfer.response as (HttpErrorBody & { upload?: UploadState }) | null;
      resolve({
        upload: body?.upload ?? null,
        problems: transfer.status < 400 ? [] : errorsOfBody(body, transfer.status),
      });
    };
    transfer.onerror = () => reject(new Error('The connection broke. Nothing was imported.'));
    transfer.onabort = () => reject(new Error('Cancelled. Nothing was imported.'));
    transfer.send(file);
  });
  return { answer, abort: () => transfer.abort() };
}

/** What the server has made of an upload so far; null while it does not know it yet. */
export async function uploadState(id: string): Promise<UploadState | null> {
  const response = await fetch(`/api/eval-uploads/${id}`, { credentials: 'same-origin' });
  return response.ok ? ((await response.json()) as { upload: UploadState }).upload : null;
}
