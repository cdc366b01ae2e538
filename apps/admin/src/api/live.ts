import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { createClient } from 'graphql-sse';
import { ChangedDocument, type ChangedSubscription } from './generated/documents.js';

export type LiveState = 'connecting' | 'live' | 'offline';
type ChangeEvent = ChangedSubscription['changed'];

/** Longest wait before the connection is tried again, in milliseconds. */
const patience = 5000;
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
        await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** retries, patience)));
        setState('connecting');
        refresh();
      },
    });
    let stop: (() => void) | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    // A registry that is stopped may end the stream in all order; that is a reason to come back, too.
    const comeBack = () => {
      if (isOver) return;
      setState('offline');
      again = setTimeout(() => {
        refresh();
        follow();
      }, patience);
    };
    const follow = () => {
      stop = client.subscribe<ChangedSubscription>(
        { query: ChangedDocument.toString() },
        {
          next: ({ data }) => {
            if (!data) return;
            setLastChange(data.changed);
            refresh();
          },
          error: comeBack,
          complete: comeBack,
        },
      );
    };
    follow();
    return () => {
      isOver = true;
      clearTimeout(timer);
      clearTimeout(again);
      stop?.();
      client.dispose();
    };
  }, [queries]);

  return { state, lastChange };
}
