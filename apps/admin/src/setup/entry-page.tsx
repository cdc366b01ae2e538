import { useEffect, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';

/** The frame of the two screens that need no session. */
export function EntryPage({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Holdpoint`;
  }, [title]);
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        bgcolor: 'background.default',
        display: 'grid',
        placeItems: 'start center',
        pt: { xs: 4, sm: 12 },
        px: 2,
      }}
    >
      <Box sx={{ width: '100%', maxWidth: 400 }}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1.25,
            mb: 2,
            fontWeight: 680,
            fontSize: '1.125rem',
            color: 'text.primary',
          }}
        >
          <Box component="img" src="/icon.svg" alt="" sx={{ width: 32, height: 32 }} />
          Holdpoint
        </Box>
        <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
          <Typography variant="h1" sx={{ mb: 1 }}>
            {title}
          </Typography>
          {intro && (
            <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
              {intro}
            </Typography>
          )}
          {children}
        </Paper>
      </Box>
    </Box>
  );
}
