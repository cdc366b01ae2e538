import { useCallback, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ProblemFragment, TypedDocumentString } from './generated/documents.js';
import { ApiFault, request } from './request.js';
import { newKey } from './new-key.js';

type Payload = { userErrors: ProblemFragment[] };
type InputOf<V> = V extends { input: infer I } ? Omit<I, 'idempotencyKey'> : never;

export interface Act<I, P> {
  /** Sends the mutation; the payload when it was done, null when it was refused (see `problems`). */
  run: (input: I) => Promise<P | null>;
  pending: boolean;
  problems: ProblemFragment[];
  clear: () => void;
}

/**
 * One audited act. Pessimistic: nothing on the screen changes until the server has said yes.
 * A request whose answer was lost is repeated under the same idempotency key.
 */
export function useAct<R extends Record<K, Payload>, V extends { input: object }, K extends keyof R>(
  document: TypedDocumentString<R, V>,
  field: K,
): Act<InputOf<V>, R[K]> {
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [problems, setProblems] = useState<ProblemFragment[]>([]);
  const key = useRef<{ body: string; key: string } | null>(null);

  const run = useCallback(
    async (input: InputOf<V>) => {
      const body = JSON.stringify(input);
      if (key.current?.body !== body) key.current = { body, key: newKey() };
      setPending(true);
      try {
        const variables = { input: { ...input, idempotencyKey: key.current.key } } as unknown as V;
        const payload = (await request(document, variables))[field];
        key.current = null;
        setProblems(payload.userErrors);
        if (payload.userErrors.length > 0) {
          // What was refused was often decided on something that has changed meanwhile.
          void queries.invalidateQueries();
          return null;
        }
        await queries.invalidateQueries();
        return payload;
      } catch (error) {
        const fault = error instanceof ApiFault ? error : new ApiFault(String(error), 0, 'INTERNAL');
        setProblems([{ code: fault.code, message: fault.message, field: null }]);
        return null;
      } finally {
        setPending(false);
      }
    },
    [document, field, queries],
  );
  const clear = useCallback(() => setProblems([]), []);
  return { run, pending, problems, clear };
}
