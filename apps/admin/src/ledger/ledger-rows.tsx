import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { LedgerRowFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { shortDigest } from '../ui/digest.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { absoluteTime } from '../ui/time-words.js';
import { detailOf, whoOf } from './entry-words.js';

interface Props {
  entries: LedgerRowFragment[];
  /** Says whose chain each entry is in, where entries of several stand together. */
  withChain?: boolean;
}

/** Acts, each with who did it and a link to its entry. */
export function LedgerRows({ entries, withChain = false }: Props) {
  return (
    <RowList label="Entries">
      {entries.map((entry) => (
        <Box
          component="li"
          key={entry.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: '168px minmax(0,1fr) auto' },
            columnGap: 2,
            rowGap: 0.25,
          }}
        >
          <Typography variant="body2" color="textSecondary" component="div">
            {absoluteTime(entry.at)}
            <Typography variant="caption" component="div" sx={{ display: { xs: 'none', sm: 'block' } }}>
              <Age at={entry.at} />
            </Typography>
          </Typography>
          <Box sx={{ minWidth: 0 }}>
            <What entry={entry} />
            <Typography variant="body2" color="textSecondary">
              by {whoOf(entry)}
              {withChain && (
                <>
                  , in{' '}
                  {entry.workflow ? (
                    <TextLink to={`/workflows/${entry.workflow.id}`}>{entry.workflow.name}</TextLink>
                  ) : (
                    'the organisation'
                  )}
                </>
              )}
            </Typography>
            <Reason entry={entry} />
          </Box>
          <Typography variant="caption" color="textSecondary" component="div">
            <code>
              {entry.seq} · {shortDigest(entry.hash)}
            </code>
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}

function What({ entry }: { entry: LedgerRowFragment }) {
  const detail = detailOf(entry.canonical);
  return (
    <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
      <TextLink to={`/ledger/${entry.id}`}>{entry.summary}</TextLink>
      {detail && `: ${detail}`}
    </Typography>
  );
}

function Reason({ entry }: { entry: LedgerRowFragment }) {
  if (!entry.reason && !entry.reasonErasedAt) return null;
  return (
    <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
      {entry.reason ? `Reason: ${entry.reason}` : 'Its reason was erased'}
    </Typography>
  );
}
