import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

/** Milliseconds of holding that make an act. */
const holdFor = 1200;
const tick = 50;
const hints = {
  none: 'Hold for 1.2 seconds.',
  letGo: 'Let go too early: hold it for 1.2 seconds.',
  changed: 'What it would change has changed meanwhile. Read it, then hold again.',
} as const;

interface Props {
  /** What it does: "turn it off" */
  verb: string;
  /** Why it is disabled, in a sentence; null: it is not. */
  whyNot: string | null;
  pending: boolean;
  /** What whoever holds it has read: once that is something else, the hold is over. */
  heldFor: string;
  describedBy: string;
  onDone: () => void;
}

/** Acts when it was held for 1.2 s, by finger, mouse, Enter or Space. Who cannot hold gets a plain button instead. */
export function HoldButton({ verb, whyNot, pending, heldFor, describedBy, onDone }: Props) {
  const disabled = whyNot !== null || pending;
  const hintId = useId();
  const describedBys = `${hintId} ${describedBy}`;
  const [held, setHeld] = useState(0);
  const [ended, setEnded] = useState<'letGo' | 'changed' | null>(null);
  const [plain, setPlain] = useState(false);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const stop = () => {
    clearInterval(timer.current);
    timer.current = undefined;
    setHeld(0);
  };
  useEffect(() => () => clearInterval(timer.current), []);
  useEffect(
    () => () => {
      if (!timer.current) return;
      stop();
      setEnded('changed');
    },
    [heldFor, disabled],
  );
  const start = () => {
    if (disabled || timer.current) return;
    setEnded(null);
    const from = performance.now();
    timer.current = setInterval(() => {
      const passed = performance.now() - from;
      setHeld(Math.min(1, passed / holdFor));
      if (passed < holdFor) return;
      stop();
      onDone();
    }, tick);
  };
  const letGo = () => {
    if (!timer.current) return;
    stop();
    setEnded('letGo');
  };
  const isActKey = (event: KeyboardEvent) => event.key === 'Enter' || event.key === ' ';
  const look = {
    minHeight: 56,
    fontSize: '1.0625rem',
    width: '100%',
    position: 'relative',
    overflow: 'hidden',
  } as const;
  if (plain)
    return (
      <Box>
        <Button
          variant="contained"
          color="error"
          autoFocus
          disabled={disabled}
          loading={pending}
          aria-describedby={describedBys}
          onClick={onDone}
          sx={look}
        >
          {`${verb.charAt(0).toUpperCase()}${verb.slice(1)} now`}
        </Button>
        <Box
          id={hintId}
          role="status"
          sx={{ minHeight: 32, pt: 0.5, fontSize: '0.8125rem', color: 'text.secondary' }}
        >
          {whyNot}
        </Box>
      </Box>
    );
  return (
    <Box>
      <Button
        variant="contained"
        color="error"
        disabled={disabled}
        loading={pending}
        aria-describedby={describedBys}
        onPointerDown={(event) => {
          if (event.button === 0) start();
        }}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onBlur={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isActKey(event)) return;
          event.preventDefault();
          if (!event.repeat) start();
        }}
        onKeyUp={(event) => {
          if (isActKey(event)) letGo();
        }}
        sx={{ ...look, touchAction: 'none', userSelect: 'none', WebkitTouchCallout: 'none' }}
      >
        <Box
          component="span"
          aria-hidden
          sx={{
            position: 'absolute',
            left: 0,
            bottom: 0,
            height: 8,
            width: `${String(held * 100)}%`,
            bgcolor: 'currentColor',
          }}
        />
        {held > 0 ? 'Keep holding…' : `Hold to ${verb}`}
      </Button>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 1,
          minHeight: 32,
          fontSize: '0.8125rem',
          color: 'text.secondary',
        }}
      >
        <span id={hintId} role="status">
          {whyNot ?? hints[ended ?? 'none']}
        </span>
        <Button
          size="small"
          disabled={pending}
          onClick={() => setPlain(true)}
          sx={{ whiteSpace: 'nowrap', minHeight: 44 }}
        >
          Cannot hold?
        </Button>
      </Box>
    </Box>
  );
}
