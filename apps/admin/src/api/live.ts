import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { createClient } from 'graphql-sse';
import { ChangedDocument, type ChangedSubscription } from './generated/documents.js';

export type LiveState = 'connecting' | 'live' | 'offline';
type ChangeEvent = ChangedSubscription['changed'];

/** Longest wait between the first event of a burst and the refetch, in milliseconds. */
const settle = 150;

/**
 * Follows every committed act through server-sent events and reads again what is on the screen.
 * Nothing is taken from the event itself but the fact that something changed: the server computes, we show.
 */
export function useLive(): { state: LiveState; lastChange: ChangeEvent | null } {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [lastChange, setLastChange] = useState<ChangeEvent | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries();
      }, settle);
    };
    const client = createClient({
      url: '/graphql',
      retryAttempts: Infinity,
      on: { connected: () => setState('live') },
      retry: async (retries) => {
        setState('offline');
        await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** retries, 15_000)));
        setState('connecting');
        refresh();
      },
    });
    const stop = client.subscribe<ChangedSubscription>(
      { query: ChangedDocument.toString() },
      {
        next: ({ data }) => {
          if (!data) return;
          setLastChange(data.changed);
          refresh();
        },
        error: () => setState('offline'),
        complete: () => setState('offline'),
      },
    );
    return () => {
      clearTimeout(timer);
      stop();
      client.dispose();
    };
  }, [queries]);

  return { state, lastChange };
}
