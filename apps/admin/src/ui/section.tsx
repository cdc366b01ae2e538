import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';

interface Props {
  title: string;
  /** To the right of the heading: a count, a button. */
  aside?: ReactNode;
  intro?: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean;
  id?: string;
  children: ReactNode;
}

export function Section({ title, aside, intro, flush = false, id, children }: Props) {
  const headingId = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={headingId}
      id={id}
      sx={{ mb: 2, overflow: 'hidden' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 1,
          px: 2,
          pt: 1.5,
          pb: intro ? 0.25 : 1,
        }}
      >
        <Typography id={headingId} variant="h2" sx={{ flexGrow: 1 }}>
          {title}
        </Typography>
        {aside}
      </Box>
      {intro && (
        <Typography variant="body2" color="textSecondary" sx={{ px: 2, pb: 1.25, maxWidth: '72ch' }}>
          {intro}
        </Typography>
      )}
      <Box sx={flush ? {} : { px: 2, pb: 2 }}>{children}</Box>
    </Paper>
  );
}
