import { useState } from 'react';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { ReleaseDiffToDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { ReleaseDiffList } from './release-diff.js';
import type { ReleaseData } from './release-screen.js';

/** What differs from what is live, or from the parent, as the reader chooses. */
export function ReleaseDiffSection({ release }: { release: ReleaseData }) {
  const [against, setAgainst] = useState('');
  const choices = [
    {
      value: '',
      label: release.diff.from
        ? `Live or parent: #${release.diff.from.number} ${release.diff.from.alias}`
        : 'Nothing is live, and it has no parent: everything is new',
    },
    ...(release.parent && release.parent.id !== release.diff.from?.id
      ? [{ value: release.parent.id, label: `Parent: #${release.parent.number} ${release.parent.alias}` }]
      : []),
  ];
  const other = useApi(ReleaseDiffToDocument, { id: release.id, to: against }, { enabled: against !== '' });
  return (
    <Section
      title="What changed"
      aside={
        choices.length > 1 && (
          <TextField
            select
            label="Against"
            value={against}
            onChange={(event) => setAgainst(event.target.value)}
            sx={{ width: 260 }}
            slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          >
            {choices.map((choice) => (
              <MenuItem key={choice.value} value={choice.value}>
                {choice.label}
              </MenuItem>
            ))}
          </TextField>
        )
      }
      flush
    >
      <Typography variant="body2" color="textSecondary" sx={{ px: 2, pb: 1 }}>
        {choices.find((choice) => choice.value === against)?.label}.{' '}
        {release.diff.replaceable && 'Only prompts differ: it can replace what is live.'}
      </Typography>
      {against === '' ? (
        <ReleaseDiffList diff={release.diff} />
      ) : (
        <Loaded query={other}>
          {(data) => data.release && <ReleaseDiffList diff={data.release.diff} />}
        </Loaded>
      )}
    </Section>
  );
}
