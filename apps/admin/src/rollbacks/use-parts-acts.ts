import { useEffect, useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { wordOfStage } from '../workflows/stage-choices.js';

interface Part {
  id: string;
  stageKey: string;
}

/** Asks before the page is closed or loaded again: what was not sent by then would stay as it is. */
function useAskBeforeUnload(active: boolean) {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [active]);
}

/**
 * One act per stage, one after the other; the first that is refused stops it. Says how far it has come, and what is
 * left; to whoever has gone on to another page of the console too, where it still goes on.
 * @param done what has then happened to a part: "lifted"
 */
export function usePartsActs(parts: readonly Part[], done: string, onClose: () => void) {
  const [chosen, setChosen] = useState(parts.map(({ id }) => id));
  const [ended, setEnded] = useState<string[]>([]);
  const [running, setRunning] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const notify = useNotify();
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  useAskBeforeUnload(running);

  const run = async (act: (id: string) => Promise<unknown>) => {
    const asked = parts.filter(({ id }) => chosen.includes(id));
    let count = 0;
    const soFar = () => `${String(count)} of ${String(asked.length)} ${done}`;
    setRunning(true);
    for (const { id, stageKey } of asked) {
      if (asked.length > 1) setWords(`${soFar()}. Now ${wordOfStage(stageKey)}…`);
      if (!(await act(id))) break;
      count += 1;
      setEnded((old) => [...old, id]);
      setChosen((old) => old.filter((one) => one !== id));
    }
    setRunning(false);
    const left = asked.slice(count).map(({ stageKey }) => wordOfStage(stageKey));
    const outcome = left.length === 0 ? `${soFar()}.` : `${soFar()}. Left: ${left.join(', ')}.`;
    setWords(asked.length > 1 ? outcome : null);
    if (!isOpen.current) notify(outcome, { type: left.length === 0 ? 'success' : 'warning' });
    else if (left.length === 0) onClose();
  };
  return { left: parts.filter(({ id }) => !ended.includes(id)), chosen, setChosen, running, words, run };
}
