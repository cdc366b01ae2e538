import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { tones, type Tone } from '../app/status-colours.js';

interface Props {
  tone: Tone;
  icon?: ReactNode;
  children: ReactNode;
  title?: string;
  /** For what may be longer than a phone is wide. */
  wraps?: boolean;
}

/** A word in a coloured frame. The word carries the meaning; icon and colour repeat it. */
export function ToneChip({ tone, icon, children, title, wraps = false }: Props) {
  const colours = tones[useTheme().palette.mode][tone];
  return (
    <Box
      component="span"
      title={title}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: 0.875,
        py: 0.125,
        minHeight: 24,
        borderRadius: 1,
        border: `1px solid ${colours.edge}`,
        bgcolor: colours.fill,
        color: colours.text,
        fontSize: '0.8125rem',
        fontWeight: 600,
        lineHeight: 1.3,
        ...(wraps ? { overflowWrap: 'anywhere' } : { whiteSpace: 'nowrap' }),
        '& svg': { fontSize: '1rem' },
      }}
    >
      {icon}
      {children}
    </Box>
  );
}
