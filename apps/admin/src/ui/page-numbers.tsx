import Box from '@mui/material/Box';
import Pagination from '@mui/material/Pagination';
import { useListContext } from 'react-admin';

/** Which rows of how many, and the numbers of the pages. */
export function PageNumbers() {
  const { page, perPage, total = 0, setPage } = useListContext();
  const pages = Math.ceil(total / perPage);
  const first = (page - 1) * perPage + 1;
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, px: 2, py: 1, borderTop: 1, borderColor: 'divider' }}
    >
      <Box sx={{ flexGrow: 1, fontSize: '0.875rem', color: 'text.secondary' }}>
        {first} to {Math.min(page * perPage, total)} of {total}
      </Box>
      {pages > 1 && (
        <Pagination count={pages} page={page} onChange={(_, next) => setPage(next)} size="small" siblingCount={0} aria-label="Pages" />
      )}
    </Box>
  );
}
