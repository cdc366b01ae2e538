import { useState } from 'react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import { KeyRevokeDocument, type KeyRowFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';

export function KeyRevokeDialog({ apiKey, onClose }: { apiKey: KeyRowFragment; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const act = useAct(KeyRevokeDocument, 'keyRevoke');
  const revoke = async () => {
    if (!(await act.run({ keyId: apiKey.id, reason: reason || null }))) return;
    notify('Revoked.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      danger
      title={`Revoke ${apiKey.name}`}
      confirm="Revoke"
      pending={act.pending}
      onClose={onClose}
      onConfirm={() => void revoke()}
    >
      <Box sx={{ display: 'grid', gap: 1.5, pt: 1 }}>
        <p>
          Whatever uses <code>{apiKey.prefix}…</code> is refused from its next request. This cannot be undone.
        </p>
        <TextField label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
