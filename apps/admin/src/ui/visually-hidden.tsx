import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

const hidden = {
  position: 'absolute',
  m: '-1px',
  p: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
  border: 0,
} as const;

/** Text for screen readers, where the eye reads it from the place it stands in. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ ...hidden, width: '1px', height: '1px' }}>
      {children}
    </Box>
  );
}
