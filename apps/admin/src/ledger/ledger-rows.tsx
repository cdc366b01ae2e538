import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { LedgerRowFragment } from '../api/generated/documents.js';
import { RowList } from '../ui/row-list.js';
import { shortDigest } from '../ui/digest.js';
import { absoluteTime } from '../ui/time-words.js';
import { Age } from '../ui/age.js';

export function LedgerRows({ entries }: { entries: LedgerRowFragment[] }) {
  return (
    <RowList>
      {entries.map((entry) => (
        <Box
          component="li"
          key={entry.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', sm: '150px minmax(0,1fr) auto' },
            columnGap: 2,
          }}
        >
          <Typography variant="body2" color="textSecondary" title={absoluteTime(entry.at)}>
            <Age at={entry.at} />
          </Typography>
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="body2">
              {entry.summary}
              {entry.actor ? ` by ${entry.actor.name}` : ` by ${entry.actorKind}`}
            </Typography>
            {entry.reason && (
              <Typography variant="body2" color="textSecondary">
                Reason: {entry.reason}
              </Typography>
            )}
          </Box>
          <Typography variant="caption" color="textSecondary" component="div">
            <code>
              {entry.act} · {entry.seq} · {shortDigest(entry.hash)}
            </code>
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
