import Box from '@mui/material/Box';
import Link from '@mui/material/Link';

/** Where the parts of a long page are, where they lie below one another: on a phone or a tablet. */
export function JumpLinks({ places }: { places: readonly { id: string; label: string }[] }) {
  const jump = (id: string) => {
    const place = document.getElementById(id);
    place?.scrollIntoView({ block: 'start' });
    // The next Tab goes on from there.
    place?.querySelector<HTMLElement>('a, button, input, textarea')?.focus({ preventScroll: true });
  };
  return (
    <Box
      component="nav"
      aria-label="On this page"
      sx={{ display: { xs: 'flex', lg: 'none' }, flexWrap: 'wrap', columnGap: 2, mb: 1 }}
    >
      {places.map(({ id, label }) => (
        <Link
          key={id}
          component="button"
          type="button"
          sx={{ minHeight: 44, fontSize: '0.875rem' }}
          onClick={() => jump(id)}
        >
          {label}
        </Link>
      ))}
    </Box>
  );
}
