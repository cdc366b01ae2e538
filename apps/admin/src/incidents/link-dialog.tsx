import { useState } from 'react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import {
  IncidentLinkDocument,
  LinkChoicesDocument,
  type IncidentLinkKind,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import type { IncidentData } from './incident-screen.js';

const kinds: [IncidentLinkKind, string][] = [
  ['release', 'A release'],
  ['promotion', 'A promotion'],
  ['url', 'An address'],
  ['ticket', 'A ticket'],
];

export function LinkDialog({ incident, onClose }: { incident: IncidentData; onClose: () => void }) {
  const [kind, setKind] = useState<IncidentLinkKind>('release');
  const [value, setValue] = useState('');
  const choices = useApi(LinkChoicesDocument, { id: incident.workflow.id }).data?.workflow;
  const notify = useNotify();
  const act = useAct(IncidentLinkDocument, 'incidentLink');
  const run = async () => {
    if (!(await act.run({ incidentId: incident.id, kind, value }))) return;
    notify('Linked.', { type: 'success' });
    onClose();
  };
  const options =
    kind === 'release'
      ? choices?.releases.nodes.map(({ id, number, alias }) => ({ id, label: `#${String(number)} ${alias}` }))
      : choices?.promotions.nodes.map(({ id, release, toStageKey, state }) => ({
          id,
          label: `#${String(release.number)} ${release.alias} to ${wordOfStage(toStageKey)} (${state})`,
        }));
  const ours = kind === 'release' || kind === 'promotion';
  return (
    <ConfirmDialog
      open
      title="Add a link"
      confirm="Link"
      pending={act.pending}
      disabled={value.trim() === ''}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <TextField
          select
          label="To what"
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as IncidentLinkKind);
            setValue('');
          }}
        >
          {kinds.map(([of, label]) => (
            <MenuItem key={of} value={of}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        {ours ? (
          <TextField select label="Which" value={value} onChange={(event) => setValue(event.target.value)}>
            {(options ?? []).map(({ id, label }) => (
              <MenuItem key={id} value={id}>
                {label}
              </MenuItem>
            ))}
          </TextField>
        ) : (
          <TextField
            label={kind === 'url' ? 'Address' : 'What names the ticket'}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
