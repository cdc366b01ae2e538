import { useState } from 'react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { EnvironmentPinDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { problemsAt } from '../form/problems-at.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import type { Environments } from './environment-section.js';

/** Chooses what keys of one environment get, until it is unpinned. */
export function PinDialog({ found, onClose }: { found: Environments; onClose: () => void }) {
  const [environment, setEnvironment] = useState('staging');
  const [releaseId, setReleaseId] = useState(found.latestRelease?.id ?? '');
  const act = useAct(EnvironmentPinDocument, 'environmentPin');
  const refused = problemsAt(act.problems, ['environment', 'releaseId']);
  const pin = async () => {
    const input = { workflowId: found.id, environment: environment.trim(), releaseId };
    if (await act.run(input)) onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Pin a release"
      confirm="Pin"
      pending={act.pending}
      disabled={environment.trim() === '' || releaseId === ''}
      onClose={onClose}
      onConfirm={() => void pin()}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <p>Its applications get this release at once, and keep it when newer ones come.</p>
        <TextField
          label="Environment"
          value={environment}
          onChange={(event) => setEnvironment(event.target.value)}
          error={refused.at('environment') !== undefined}
          helperText={refused.at('environment') ?? 'As its keys name it; not production'}
          required
        />
        <TextField
          select
          label="Release"
          value={releaseId}
          onChange={(event) => setReleaseId(event.target.value)}
          error={refused.at('releaseId') !== undefined}
          helperText={refused.at('releaseId')}
        >
          {found.releases.nodes.map(({ id, number, alias }) => (
            <MenuItem key={id} value={id}>
              #{number} {alias}
            </MenuItem>
          ))}
        </TextField>
        <ProblemList problems={refused.rest} />
      </Box>
    </ConfirmDialog>
  );
}
