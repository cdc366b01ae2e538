import { useState } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useGetIdentity, useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { IncidentOpenDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';

/** One line is enough at night; the rest can be linked later. */
export function OpenDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [mine, setMine] = useState(true);
  const { identity } = useGetIdentity();
  const navigate = useNavigate();
  const notify = useNotify();
  const act = useAct(IncidentOpenDocument, 'incidentOpen');
  const open = async () => {
    const ownerId = mine && identity ? String(identity.id) : null;
    const payload = await act.run({ workflowId, title, ownerId });
    if (!payload?.incident) return;
    notify('Incident opened.', { type: 'success' });
    void navigate(`/workflows/${workflowId}/incidents/${payload.incident.id}`);
  };
  return (
    <ConfirmDialog
      open
      title="Open an incident"
      confirm="Open"
      pending={act.pending}
      disabled={title.trim() === ''}
      onClose={onClose}
      onConfirm={() => void open()}
    >
      <Box sx={{ display: 'grid', gap: 1.5, pt: 1 }}>
        <p>Nothing that is served changes by this. It is where what is done about it comes together.</p>
        <TextField
          label="What is wrong, in a few words"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
          autoFocus
          required
        />
        <FormControlLabel
          control={
            <Checkbox size="small" checked={mine} onChange={(event) => setMine(event.target.checked)} />
          }
          label="I see it through"
        />
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
