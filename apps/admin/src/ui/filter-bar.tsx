import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

interface Props {
  children: ReactNode;
  /** Where some fields have a line below them: aligns all at their upper edge. */
  top?: boolean;
}

export function FilterBar({ children, top = false }: Props) {
  return (
    <Box
      role="search"
      aria-label="Filters"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: top ? 'flex-start' : 'center',
        gap: 1.25,
        px: 2,
        pt: 2,
        pb: 1.5,
      }}
    >
      {children}
    </Box>
  );
}
