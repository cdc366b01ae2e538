import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { leftRows, type LeftRow, type RollbackLeft } from './left-rows.js';

/** Everything that a rollback left on stages, and how each of it ended. */
export function WhatItLeft({ rollback, workflowId }: { rollback: RollbackLeft; workflowId: string }) {
  const rows = leftRows(rollback);
  if (rows.length === 0) return null;
  return (
    <Section
      title="What it left"
      intro={
        rows.some(({ until }) => until === null) ? (
          <>
            What lasts is ended under{' '}
            <TextLink to={`/workflows/${workflowId}/live`}>All that is live</TextLink>.
          </>
        ) : (
          'Nothing of it lasts.'
        )
      }
      flush
    >
      <RowList label="What it left">
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </RowList>
    </Section>
  );
}

function Row({ row: { word, about, until, ending } }: { row: LeftRow }) {
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      <ToneChip tone={until === null ? 'warn' : 'plain'}>{word}</ToneChip>
      <Box sx={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>
        <Typography variant="body2">{about}</Typography>
        <Typography variant="body2" color="textSecondary">
          {until === null ? (
            'Lasts'
          ) : (
            <>
              {ending}, <Age at={until} />
            </>
          )}
        </Typography>
      </Box>
    </Box>
  );
}
