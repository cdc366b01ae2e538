import type { ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useListContext } from 'react-admin';
import { EmptyState } from './empty-state.js';
import { PageNumbers } from './page-numbers.js';

/**
 * The rows of a list with what stands in for them while there are none, and the page numbers below. Rows that could not
 * be read again stay.
 */
export function ListBody({ children, empty }: { children: ReactNode; empty: ReactNode }) {
  const { isPending, error, data, total } = useListContext();
  if (error && data === undefined) {
    return (
      <Alert severity="error" sx={{ m: 2 }}>
        {error.message}
      </Alert>
    );
  }
  if (isPending) return <LinearProgress aria-label="Loading the list" />;
  if (total === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <>
      <Box sx={{ overflowX: 'auto' }}>{children}</Box>
      <PageNumbers />
    </>
  );
}
