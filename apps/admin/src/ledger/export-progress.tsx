import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { counted } from '../live/live-words.js';
import type { ExportProgress } from './use-ledger-export.js';

const units = ['bytes', 'kB', 'MB', 'GB'];

/** "3.4 MB" */
export function sizeWords(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** How many entries have arrived, of how many, in how many bytes. */
export function ExportProgressBar({ progress: { entries, bytes, total } }: { progress: ExportProgress }) {
  const percent = total ? Math.min(100, Math.round((entries / total) * 100)) : 0;
  return (
    <Box>
      <LinearProgress
        aria-label="Export"
        variant={total ? 'determinate' : 'indeterminate'}
        value={total ? percent : undefined}
      />
      <Typography variant="body2" color="textSecondary" role="status">
        {total !== null && `${entries.toLocaleString('en')} of `}
        {counted(total ?? entries, 'entry', 'entries')}, {sizeWords(bytes)}
      </Typography>
    </Box>
  );
}
