import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useLive } from '../api/live.js';
import { tones, type Tone } from './status-colours.js';

/** How long "Updated" stays, in milliseconds. */
const shown = 6000;

/** Says that the page follows the server, and when it was just brought up to date. Never moves the focus. */
export function LiveHint() {
  const { state, lastChange } = useLive();
  const [updated, setUpdated] = useState(false);
  useEffect(() => {
    if (!lastChange) return;
    setUpdated(true);
    const timer = setTimeout(() => setUpdated(false), shown);
    return () => clearTimeout(timer);
  }, [lastChange]);
  const tone: Tone = state === 'offline' ? 'warn' : state === 'live' ? 'good' : 'wait';
  const colours = tones[useTheme().palette.mode][tone];
  const word =
    state === 'offline'
      ? 'Not live'
      : updated
        ? 'Updated just now'
        : state === 'live'
          ? 'Live'
          : 'Connecting';
  return (
    <Box
      role="status"
      title={
        state === 'offline'
          ? 'The connection for live updates is lost; trying again.'
          : 'This page follows every change.'
      }
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        fontSize: '0.8125rem',
        color: 'text.secondary',
      }}
    >
      <Box
        component="span"
        aria-hidden
        sx={{ width: 9, height: 9, borderRadius: '50%', bgcolor: colours.edge }}
      />
      {word}
    </Box>
  );
}
