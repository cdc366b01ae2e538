import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import {
  RollbackTriggerDocument,
  type ProblemFragment,
  type RollbackTriggerInput,
} from '../api/generated/documents.js';
import { newKey } from '../api/new-key.js';
import { ApiFault } from '../api/request.js';
import { afterLost } from './after-lost.js';
import { isLost, requestWithin } from './request-within.js';

/** Milliseconds: for the answer, and between the tries. */
const patience = 10_000;
const waits = [800, 2000, 4000, 8000] as const;
const tries = waits.length + 1;

export type Sending = { at: 'ready' | 'stopped' } | { at: 'sending' | 'waiting'; attempt: number };

export interface Trigger {
  state: Sending;
  /** What is known of the act while no answer has come; null: nothing to say. */
  words: string | null;
  problems: ProblemFragment[];
  run: (input: Omit<RollbackTriggerInput, 'idempotencyKey'>) => Promise<Done | null>;
}

export interface Done {
  number: number;
  /** Why its page says more than usual: the answer was lost, and this is what turned out to be. */
  recovered: string | null;
}

/** Longer than this nobody waits who is told that the connection is back. */
const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });

/**
 * The act of rolling back, on a connection that may be bad. One idempotency key for as long as the sheet is open: however
 * often it is sent, it is one act. When an answer is lost, it asks which state is served, says so, and asks again.
 * @param before number of the latest rollback when the sheet was opened
 */
export function useTrigger(workflow: string, before: number): Trigger {
  const key = useRef(newKey());
  const queries = useQueryClient();
  const [state, setState] = useState<Sending>({ at: 'ready' });
  const [words, setWords] = useState<string | null>(null);
  const [problems, setProblems] = useState<ProblemFragment[]>([]);

  const run: Trigger['run'] = async (input) => {
    setProblems([]);
    let recovered: string | null = null;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      setState({ at: 'sending', attempt });
      try {
        const sent = { input: { ...input, idempotencyKey: key.current } };
        const { rollback, userErrors } = (await requestWithin(RollbackTriggerDocument, sent, patience))
          .rollbackTrigger;
        void queries.invalidateQueries();
        if (rollback) return { number: rollback.number, recovered };
        setProblems(userErrors);
        break;
      } catch (error) {
        if (!isLost(error)) {
          setProblems([problemOf(error)]);
          break;
        }
        setState({ at: 'waiting', attempt });
        const found = await afterLost(workflow, key.current, before);
        if (found.number !== null) {
          void queries.invalidateQueries();
          return { number: found.number, recovered: found.words };
        }
        setWords(`${reasonOf(error)} ${found.words}`);
        recovered = 'The first answer was lost on the way; asked again, it is one act.';
        if (attempt < tries) await pause(waits[attempt - 1] ?? 0);
        else {
          setState({ at: 'stopped' });
          return null;
        }
      }
    }
    setWords(null);
    setState({ at: 'ready' });
    return null;
  };
  return { state, words, problems, run };
}

const reasonOf = (error: unknown) =>
  error instanceof ApiFault && error.status !== 0 ? error.message : 'No answer came back.';

const problemOf = (error: unknown): ProblemFragment =>
  error instanceof ApiFault
    ? { code: error.code, message: error.message, field: null }
    : { code: 'INTERNAL', message: String(error), field: null };
