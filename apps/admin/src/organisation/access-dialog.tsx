import { useId, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { PersonDisableDocument, PersonEnableDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ProblemList } from '../ui/problem-list.js';
import type { PersonRow } from './people-section.js';
import { ResetLink } from './reset-link.js';

/** Whether a person may sign in, and a link for one who has forgotten the password. */
export function AccessDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const titleId = useId();
  const disable = useAct(PersonDisableDocument, 'personDisable');
  const enable = useAct(PersonEnableDocument, 'personEnable');
  const [reason, setReason] = useState('');
  const userId = person.id;
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <DialogTitle id={titleId}>Access of {person.name}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 3 }}>
        {person.disabled ? (
          <Box sx={{ display: 'grid', gap: 1.5, justifyItems: 'start' }}>
            <Box>May not sign in. Roles were kept, and count again once the person is enabled.</Box>
            <Button variant="contained" loading={enable.pending} onClick={() => void enable.run({ userId })}>
              Enable
            </Button>
          </Box>
        ) : (
          <>
            <ResetLink userId={userId} />
            <Box sx={{ display: 'grid', gap: 1.5, justifyItems: 'start' }}>
              <Box>
                Disabling ends every session at once and refuses new ones, also through the identity provider.
                Nothing that the person did is removed.
              </Box>
              <TextField
                label="Reason (kept in the ledger)"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                fullWidth
              />
              <Button
                variant="outlined"
                color="error"
                loading={disable.pending}
                onClick={() => void disable.run({ userId, reason: reason || null })}
              >
                Disable {person.name}
              </Button>
            </Box>
          </>
        )}
        <ProblemList problems={[...disable.problems, ...enable.problems]} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
