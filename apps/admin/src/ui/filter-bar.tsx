import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <Box
      role="search"
      aria-label="Filters"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.25, px: 2, pt: 2, pb: 1.5 }}
    >
      {children}
    </Box>
  );
}
