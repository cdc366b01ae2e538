import Box from '@mui/material/Box';
import { Link } from 'react-router-dom';

export function Wordmark() {
  return (
    <Box
      component={Link}
      to="/"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 1,
        px: 0.5,
        minHeight: 36,
        color: 'text.primary',
        textDecoration: 'none',
        fontWeight: 680,
        letterSpacing: '-0.01em',
      }}
    >
      <Box component="img" src="/icon.svg" alt="" sx={{ width: 24, height: 24 }} />
      Holdpoint
    </Box>
  );
}
