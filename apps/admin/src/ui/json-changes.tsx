import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { DiffView } from './diff-view.js';
import { jsonDiff } from './json-diff.js';

interface Props {
  before: unknown;
  after: unknown;
}

/** Only the places in which two JSON values differ, each under its path. */
export function JsonChanges({ before, after }: Props) {
  const changes = jsonDiff(before, after);
  if (changes.length === 0) return <Typography variant="body2">Nothing differs.</Typography>;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {changes.map((change) => (
        <div key={change.path}>
          <code>{change.path}</code>
          <DiffView before={change.before} after={change.after} label={change.path} />
        </div>
      ))}
    </Box>
  );
}
