import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ProblemFragment } from '../api/generated/documents.js';
import { newUuid } from '../api/new-key.js';
import { sendFile, uploadState, type UploadState, type UploadTarget } from './eval-upload.js';

/** Milliseconds between two looks at the server's progress. */
const pace = 700;

export interface Upload {
  /** Share of the bytes sent, 0 to 1; null while nothing is underway. */
  sent: number | null;
  progress: UploadState | null;
  problems: ProblemFragment[];
  done: UploadState | null;
  start: (target: UploadTarget, file: File) => Promise<void>;
  cancel: () => void;
}

/** One upload at a time: bytes sent from here, then what the server says it has read. */
export function useUpload(): Upload {
  const queries = useQueryClient();
  const [sent, setSent] = useState<number | null>(null);
  const [progress, setProgress] = useState<UploadState | null>(null);
  const [problems, setProblems] = useState<ProblemFragment[]>([]);
  const [done, setDone] = useState<UploadState | null>(null);
  const abort = useRef<() => void>(() => undefined);
  useEffect(() => () => abort.current(), []);

  const start = useCallback(
    async (target: UploadTarget, file: File) => {
      const id = newUuid();
      setSent(0);
      setProgress(null);
      setProblems([]);
      setDone(null);
      const timer = setInterval(() => void uploadState(id).then(setProgress, () => undefined), pace);
      const sending = sendFile(target, id, file, setSent);
      abort.current = sending.abort;
      try {
        const answer = await sending.answer;
        setProblems(answer.problems);
        if (answer.problems.length === 0) {
          setDone(answer.upload);
          await queries.invalidateQueries();
        }
      } catch (error) {
        setProblems([
          {
            code: 'UPLOAD_ABORTED',
            message: error instanceof Error ? error.message : 'The upload failed.',
            field: null,
          },
        ]);
      } finally {
        clearInterval(timer);
        setSent(null);
        setProgress(null);
      }
    },
    [queries],
  );
  return { sent, progress, problems, done, start, cancel: () => abort.current() };
}
