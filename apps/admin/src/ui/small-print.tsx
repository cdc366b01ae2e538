import type { ReactNode } from 'react';
import Typography from '@mui/material/Typography';

/** A line of its own below what it explains, in a cell of a table. */
export function SmallPrint({ children }: { children: ReactNode }) {
  return (
    <Typography variant="caption" color="textSecondary" component="span" sx={{ display: 'block' }}>
      {children}
    </Typography>
  );
}
