import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { registry } from '../api/reachability.js';
import { clockTime } from '../live/live-words.js';
import { currentSession } from './session.js';

/** Milliseconds between two questions whether the registry answers again. */
const pace = 2000;
/** Longest wait for one answer, in milliseconds: on a bad connection a question may hang without failing. */
const patience = 12_000;

/**
 * Says that the registry cannot be reached, and since when. Asks until it answers again; then all that is shown is read
 * anew, and whether the session still stands with it.
 */
export function LostBanner() {
  const lostSince = useSyncExternalStore(registry.follow, registry.lostSince);
  const queries = useQueryClient();
  const isLost = lostSince !== null;
  useEffect(() => {
    if (!isLost) return;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const askLater = () => {
      if (isOver) return;
      timer = setTimeout(() => {
        currentSession(AbortSignal.timeout(patience)).then(askLater, askLater);
      }, pace);
    };
    askLater();
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (registry.lostSince() === null) void queries.invalidateQueries();
    };
  }, [isLost, queries]);
  return (
    <Box role="status" sx={{ position: 'sticky', top: 52, zIndex: 1050 }}>
      {isLost && (
        <Alert severity="warning" role="presentation" square>
          The registry has not been reachable since {clockTime(new Date(lostSince).toISOString())}. This page
          shows what was read before, and goes on by itself when the registry answers again.
        </Alert>
      )}
    </Box>
  );
}
