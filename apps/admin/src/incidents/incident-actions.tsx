import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import {
  IncidentAssignDocument,
  IncidentMonitorDocument,
  IncidentResolveDocument,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { PersonPicker } from '../ui/person-picker.js';
import { ProblemList } from '../ui/problem-list.js';
import type { IncidentData } from './incident-screen.js';

type What = 'assign' | 'monitor' | 'resolve';

/** Hand over, monitor, resolve. */
export function IncidentActions({ incident }: { incident: IncidentData }) {
  const [dialog, setDialog] = useState<What | null>(null);
  if (!incident.viewerCanWork || incident.state === 'resolved') return null;
  const close = () => setDialog(null);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
      {incident.state === 'open' && (
        <Button variant="outlined" onClick={() => setDialog('monitor')}>
          Start monitoring
        </Button>
      )}
      <Button variant={incident.state === 'open' ? 'text' : 'outlined'} onClick={() => setDialog('resolve')}>
        Resolve
      </Button>
      <Button onClick={() => setDialog('assign')}>Hand over</Button>
      {dialog === 'assign' && <AssignDialog incident={incident} onClose={close} />}
      {dialog === 'monitor' && <MonitorDialog incident={incident} onClose={close} />}
      {dialog === 'resolve' && <ResolveDialog incident={incident} onClose={close} />}
    </Box>
  );
}

interface DialogProps {
  incident: IncidentData;
  onClose: () => void;
}

function AssignDialog({ incident, onClose }: DialogProps) {
  const [ownerId, setOwnerId] = useState('');
  const notify = useNotify();
  const act = useAct(IncidentAssignDocument, 'incidentAssign');
  const run = async () => {
    if (!(await act.run({ incidentId: incident.id, ownerId }))) return;
    notify('Handed over.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Hand the incident over"
      confirm="Hand over"
      pending={act.pending}
      disabled={ownerId === ''}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <p>To somebody of the team, to whoever is on call, or to an administrator.</p>
      <PersonPicker
        label="Who has it from now on"
        empty="Nobody chosen"
        value={ownerId}
        onChange={setOwnerId}
      />
      <ProblemList problems={act.problems} />
    </ConfirmDialog>
  );
}

function MonitorDialog({ incident, onClose }: DialogProps) {
  const [note, setNote] = useState('');
  const notify = useNotify();
  const act = useAct(IncidentMonitorDocument, 'incidentMonitor');
  const run = async () => {
    if (!(await act.run({ incidentId: incident.id, note }))) return;
    notify('Monitoring.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Start monitoring"
      confirm="Start monitoring"
      pending={act.pending}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <p>The worst is over and somebody watches. From here it goes to resolved, and not back.</p>
      <NoteField label="What is watched" value={note} onChange={setNote} />
      <ProblemList problems={act.problems} />
    </ConfirmDialog>
  );
}

function ResolveDialog({ incident, onClose }: DialogProps) {
  const [note, setNote] = useState('');
  const notify = useNotify();
  const act = useAct(IncidentResolveDocument, 'incidentResolve');
  const run = async () => {
    if (!(await act.run({ incidentId: incident.id, note }))) return;
    notify('Resolved.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Resolve the incident"
      confirm="Resolve"
      pending={act.pending}
      disabled={note.trim() === ''}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <p>There is no way back: what comes again is a new incident. Grants given for this one end with it.</p>
      <NoteField label="What it was and what ended it" value={note} onChange={setNote} required />
      <ProblemList problems={act.problems} />
    </ConfirmDialog>
  );
}

interface NoteProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
}

function NoteField({ label, value, onChange, required = false }: NoteProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      required={required}
      multiline
      minRows={2}
      sx={{ mt: 1, mb: 1 }}
    />
  );
}
