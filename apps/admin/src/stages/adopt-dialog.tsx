import { useState } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import { WorkflowAdoptDocument, type ReleaseRefFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';

interface Props {
  workflowId: string;
  releases: ReleaseRefFragment[];
  stages: { key: string; name: string }[];
  onClose: () => void;
}

/** Once per workflow: records what has been live all along, without its gates. */
export function AdoptDialog({ workflowId, releases, stages, onClose }: Props) {
  const [releaseId, setReleaseId] = useState(releases[0]?.id ?? '');
  const [stageKeys, setStageKeys] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const act = useAct(WorkflowAdoptDocument, 'workflowAdopt');
  const adopt = async () => {
    if (!(await act.run({ workflowId, releaseId, stageKeys, reason }))) return;
    notify('Recorded as live. Its missing checks are debts with a date.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Record as live and ungated"
      confirm="Adopt"
      pending={act.pending}
      disabled={stageKeys.length === 0 || reason.trim() === ''}
      onClose={onClose}
      onConfirm={() => void adopt()}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <TextField
          select
          label="Release that is live"
          value={releaseId}
          onChange={(event) => setReleaseId(event.target.value)}
        >
          {releases.map((release) => (
            <MenuItem key={release.id} value={release.id}>
              #{release.number} {release.alias}
            </MenuItem>
          ))}
        </TextField>
        <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
          <Box component="legend" sx={{ fontSize: '0.9rem' }}>
            Stages it is live in
          </Box>
          {stages.map(({ key, name }) => (
            <FormControlLabel
              key={key}
              label={name}
              control={
                <Checkbox
                  size="small"
                  checked={stageKeys.includes(key)}
                  onChange={(event) =>
                    setStageKeys(
                      stages
                        .map((stage) => stage.key)
                        .filter((one) => (one === key ? event.target.checked : stageKeys.includes(one))),
                    )
                  }
                />
              }
            />
          ))}
        </Box>
        <TextField
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          required
        />
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
