import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNotify } from 'react-admin';
import { PromotionExecuteDocument, type ReadinessPanelFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { incompleteChecks } from './waits-for.js';

interface Props {
  promotion: {
    id: string;
    digest: string;
    viewerCanExecute: boolean;
    viewerCannotExecuteReason: string | null;
    release: { number: number; alias: string };
  } | null;
  readiness: ReadinessPanelFragment;
  stageName: string;
  describedBy: string;
  /** The promotion has another release by now than the page shows. */
  moved?: boolean;
}

/** Moves the release into the stage, for exactly the digest on the screen. Disabled until every gate is complete. */
export function ExecuteButton({ promotion, readiness, stageName, describedBy, moved = false }: Props) {
  const [asking, setAsking] = useState(false);
  const [blockedBy, setBlockedBy] = useState<string[]>([]);
  const notify = useNotify();
  const act = useAct(PromotionExecuteDocument, 'promotionExecute');
  const ready = Boolean(promotion?.viewerCanExecute) && readiness.complete && readiness.order.ok;
  const execute = async () => {
    if (!promotion) return;
    const payload = await act.run({ promotionId: promotion.id, expectedDigest: promotion.digest });
    if (!payload) return;
    if (payload.readiness && !payload.readiness.complete) {
      setBlockedBy(incompleteChecks(payload.readiness).map((check) => check.id));
      return;
    }
    setAsking(false);
    notify(`#${promotion.release.number} ${promotion.release.alias} is live in ${stageName}.`, {
      type: 'success',
    });
  };
  return (
    <Box sx={{ display: 'grid', gap: 0.75, justifyItems: 'start' }}>
      <Button
        variant="contained"
        disabled={!ready || moved}
        onClick={() => setAsking(true)}
        aria-describedby={describedBy}
      >
        Promote
      </Button>
      {moved && (
        <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>Show the new release first.</Box>
      )}
      {promotion &&
        readiness.complete &&
        !promotion.viewerCanExecute &&
        promotion.viewerCannotExecuteReason && (
          <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>
            {promotion.viewerCannotExecuteReason}
          </Box>
        )}
      {promotion && (
        <ConfirmDialog
          open={asking}
          title={`Promote to ${stageName}`}
          confirm="Promote"
          pending={act.pending}
          onClose={() => {
            setAsking(false);
            act.clear();
            setBlockedBy([]);
          }}
          onConfirm={() => void execute()}
        >
          <p>
            Release #{promotion.release.number} {promotion.release.alias} becomes what {stageName} serves, at
            once. The gates are judged again in the same moment; the release that is live there now stays in
            the history.
          </p>
          {blockedBy.length > 0 && (
            <Alert severity="error" role="alert">
              Not promoted: {blockedBy.join(', ')} is not complete any more.
            </Alert>
          )}
          <ProblemList problems={act.problems} />
        </ConfirmDialog>
      )}
    </Box>
  );
}
