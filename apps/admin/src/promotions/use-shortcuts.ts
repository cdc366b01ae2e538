import { useEffect, useRef } from 'react';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useStore } from 'react-admin';

/** Single keys, ignored while somebody types, and while a dialog or a menu is open. Each has a button or link as well. */
export function useShortcuts(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Whether keys act on the review page: nobody has any on a screen that is touched, and each person may switch them off. */
export function useReviewKeys() {
  const [isOn, setOn] = useStore('review.shortcuts', true);
  const isTouched = useMediaQuery('(hover: none), (pointer: coarse)', { noSsr: true });
  return { areOn: isOn && !isTouched, setOn, isTouched };
}
