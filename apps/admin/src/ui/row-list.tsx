import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/** A list of rows parted by lines, reaching the edges of its section. */
export function RowList({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        '& > li': { borderTop: 1, borderColor: 'divider', px: 2, py: 1.25 },
      }}
    >
      {children}
    </Box>
  );
}
