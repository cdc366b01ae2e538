import Box from '@mui/material/Box';
import Pagination from '@mui/material/Pagination';

interface Props {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

/** Page numbers for a list inside a page; nothing while one page holds all of it. */
export function PageTurner({ page, size, total, onPage }: Props) {
  const pages = Math.ceil(total / size);
  if (pages <= 1) return null;
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
      <Box sx={{ flexGrow: 1, fontSize: '0.875rem', color: 'text.secondary' }}>
        {(page - 1) * size + 1} to {Math.min(page * size, total)} of {total}
      </Box>
      <Pagination
        count={pages}
        page={page}
        onChange={(_, next) => onPage(next)}
        size="small"
        siblingCount={0}
        aria-label="Pages"
      />
    </Box>
  );
}
