import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Pages } from '../api/use-api-pages.js';

/** How much of a list is shown, and a button for the next page of it. */
export function ShowMore<N>({ pages, what }: { pages: Pages<N>; what: string }) {
  const shown = pages.data?.nodes.length ?? 0;
  const total = pages.data?.totalCount ?? 0;
  if (shown === 0) return null;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box role="status" sx={{ flexGrow: 1, fontSize: '0.875rem', color: 'text.secondary' }}>
        {shown.toLocaleString('en')} of {total.toLocaleString('en')} {what}
      </Box>
      {pages.hasMore && (
        <Button variant="outlined" size="small" loading={pages.isReading} onClick={pages.more}>
          Show more
        </Button>
      )}
    </Box>
  );
}
