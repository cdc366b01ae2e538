import { useEffect, useState } from 'react';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router-dom';
import { currentSession } from '../app/session.js';

/**
 * Goes on to the page that was asked for where somebody is signed in already: by another tab, seen when this one is
 * come back to, or by an address of the sign-in page that was kept. Whoever was just sent here is asked to sign in.
 * @param to a path of this console
 */
export function useSignedInElsewhere(to: string): void {
  const isOpened = useNavigationType() === NavigationType.Pop;
  const isRefused = useSearchParams()[0].has('problem');
  const [isAsked] = useState(isOpened && !isRefused);
  useEffect(() => {
    const ours = new AbortController();
    const look = () => {
      if (document.visibilityState === 'hidden') return;
      void currentSession(ours.signal).then(
        // The console starts anew: react-admin holds for signed out whoever began on this page.
        (user) => user !== null && !ours.signal.aborted && location.replace(to),
        // Not told who is signed in: the form stays.
        () => undefined,
      );
    };
    if (isAsked) look();
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      ours.abort();
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [to, isAsked]);
}
