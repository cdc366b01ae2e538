import { useId, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'react-admin';
import { PromotionWithdrawDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { Age } from '../ui/age.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { Section } from '../ui/section.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { ExecuteButton } from './execute-button.js';
import type { PromotionData } from './promotion-page.js';
import { RetargetDialog } from './retarget-dialog.js';
import { WaitsForList } from './waits-for-list.js';

interface ActionsProps {
  promotion: PromotionData;
  /** The page still shows an earlier release: nobody promotes what they are not reading. */
  moved: boolean;
  /** The viewer is about to point it at the release with this digest: no news to them. */
  onRetarget: (digest: string) => void;
}

/** Promote, retarget, withdraw. */
export function PromotionActions({ promotion, moved, onRetarget }: ActionsProps) {
  const [dialog, setDialog] = useState<'retarget' | 'withdraw' | null>(null);
  const waitsId = useId();
  const close = () => setDialog(null);
  if (promotion.state !== 'open' || !promotion.readiness || !promotion.nextMove) {
    return (
      <Section title={promotion.state === 'executed' ? 'Executed' : 'Closed'}>
        {promotion.moves
          .filter((move) => move.executedAt)
          .map((move) => (
            <Typography key={move.id} variant="body2">
              {wordOfStage(move.stageKey)} {move.executedAt && <Age at={move.executedAt} />}{' '}
              {move.executedBy && `by ${move.executedBy.name}`}
            </Typography>
          ))}
        {promotion.state === 'withdrawn' && promotion.closedAt && (
          <Typography variant="body2">
            Withdrawn <Age at={promotion.closedAt} />
          </Typography>
        )}
      </Section>
    );
  }
  const { stageKey } = promotion.nextMove;
  const stageName = wordOfStage(stageKey);
  const live = promotion.workflow.stages.find((stage) => stage.key === stageKey)?.occupant?.release ?? null;
  return (
    <Section title={`Promote to ${stageName}`} id="promote">
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <ExecuteButton
          promotion={promotion}
          readiness={promotion.readiness}
          kind={promotion.kind}
          stageName={stageName}
          live={live}
          describedBy={waitsId}
          moved={moved}
        />
        <WaitsForList id={waitsId} readiness={promotion.readiness} />
        <Box sx={{ display: 'flex', gap: 1 }}>
          {promotion.viewerCanRetarget && (
            <Button variant="outlined" onClick={() => setDialog('retarget')}>
              Retarget
            </Button>
          )}
          {promotion.viewerCanWithdraw && <Button onClick={() => setDialog('withdraw')}>Withdraw</Button>}
        </Box>
      </Box>
      {dialog === 'retarget' && (
        <RetargetDialog promotion={promotion} onClose={close} onRetarget={onRetarget} />
      )}
      {dialog === 'withdraw' && <WithdrawDialog promotion={promotion} onClose={close} />}
    </Section>
  );
}

interface DialogProps {
  promotion: PromotionData;
  onClose: () => void;
}

function WithdrawDialog({ promotion, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const act = useAct(PromotionWithdrawDocument, 'promotionWithdraw');
  const run = async () => {
    if (!(await act.run({ promotionId: promotion.id, reason }))) return;
    notify('Withdrawn.', { type: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title="Withdraw the promotion"
      confirm="Withdraw"
      pending={act.pending}
      disabled={reason.trim() === ''}
      onClose={onClose}
      onConfirm={() => void run()}
    >
      <p>Nothing that is live changes. A new promotion can be requested at any time.</p>
      <TextField
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        sx={{ mt: 1, mb: 1 }}
      />
      <ProblemList problems={act.problems} />
    </ConfirmDialog>
  );
}
