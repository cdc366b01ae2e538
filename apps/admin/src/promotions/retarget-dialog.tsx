import { useState } from 'react';
import Alert from '@mui/material/Alert';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import { OrderWithDocument, PromotionRetargetDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import type { PromotionData } from './promotion-page.js';

interface Props {
  promotion: PromotionData;
  onClose: () => void;
  /** The viewer is about to point it at the release with this digest. */
  onRetarget: (digest: string) => void;
}

/** Points a promotion at another release. Says beforehand why that one could not enter the stage now, as it would be judged. */
export function RetargetDialog({ promotion, onClose, onRetarget }: Props) {
  const [releaseId, setReleaseId] = useState('');
  const others = promotion.workflow.releases.nodes.filter((release) => release.id !== promotion.release.id);
  const order = useApi(OrderWithDocument, { id: promotion.id, releaseId }, { enabled: releaseId !== '' }).data
    ?.promotion?.orderWith;
  const notify = useNotify();
  const act = useAct(PromotionRetargetDocument, 'promotionRetarget');
  const run = async () => {
    const chosen = others.find((release) => release.id === releaseId);
    if (chosen) onRetarget(chosen.digest);
    if (!(await act.run({ promotionId: promotion.id, expectedRevision: promotion.revision, releaseId })))
      return;
    notify('Retargeted. Earlier reviews count no more.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Retarget the promotion"
      confirm="Retarget"
      pending={act.pending}
      disabled={releaseId === ''}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <p>Reviews given so far stay in sight, keep the digest that they saw, and count no more.</p>
      <TextField
        select
        label="Release"
        value={releaseId}
        onChange={(event) => setReleaseId(event.target.value)}
        sx={{ mt: 1, mb: 1 }}
      >
        {others.map((release) => (
          <MenuItem key={release.id} value={release.id}>
            #{release.number} {release.alias}
          </MenuItem>
        ))}
      </TextField>
      {order?.ok === false && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {order.message}
        </Alert>
      )}
      <ProblemList problems={act.problems} />
    </ConfirmDialog>
  );
}
