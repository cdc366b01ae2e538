import { useState } from 'react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import { BreakGlassGrantDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import type { IncidentData } from '../incidents/incident-screen.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { PersonPicker } from '../ui/person-picker.js';
import { ProblemList } from '../ui/problem-list.js';

const lives = [1, 2, 4, 8, 12, 24];

/** Administrators give it: to one person, by name, for this incident, for hours. */
export function GrantDialog({ incident, onClose }: { incident: IncidentData; onClose: () => void }) {
  const [personId, setPersonId] = useState('');
  const [hours, setHours] = useState(4);
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const act = useAct(BreakGlassGrantDocument, 'breakGlassGrant');
  const grant = async () => {
    if (!(await act.run({ incidentId: incident.id, personId, hours, reason }))) return;
    notify('Granted.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Grant break-glass"
      confirm="Grant"
      danger
      pending={act.pending}
      disabled={personId === '' || reason.trim() === ''}
      onClose={onClose}
      onConfirm={() => void grant()}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <p>
          To somebody of the team, or on call; not to yourself. This person may make one promotion of the
          workflow although gates are incomplete, naming each check. Never past the review by a second person,
          or a check that cannot be waived. A different person reviews it within a day.
        </p>
        <PersonPicker
          label="To whom"
          empty="Nobody chosen"
          value={personId}
          onChange={setPersonId}
          among={incident.breakGlassCandidates}
        />
        <TextField
          select
          label="It can be used for"
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {lives.map((life) => (
            <MenuItem key={life} value={life}>
              {life} {life === 1 ? 'hour' : 'hours'}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label="Why it cannot wait"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          multiline
          minRows={2}
          required
        />
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
