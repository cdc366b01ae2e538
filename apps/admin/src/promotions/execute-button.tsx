import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNotify } from 'react-admin';
import {
  PromotionExecuteDocument,
  type PromotionKind,
  type ReadinessPanelFragment,
  type ReleaseRefFragment,
} from '../api/generated/documents.js';
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
  kind: PromotionKind;
  stageName: string;
  /** What the stage serves now; null: nothing. */
  live: ReleaseRefFragment | null;
  describedBy: string;
  /** The promotion has another release by now than the page shows. */
  moved?: boolean;
}

/** Moves the release into the stage, for exactly the digest on the screen. Disabled until every gate is complete. */
export function ExecuteButton(props: Props) {
  const { promotion, readiness, kind, stageName, live, describedBy, moved = false } = props;
  const [asking, setAsking] = useState(false);
  const [blockedBy, setBlockedBy] = useState<string[]>([]);
  const [stands, setStands] = useState(false);
  const notify = useNotify();
  const act = useAct(PromotionExecuteDocument, 'promotionExecute');
  const ready = Boolean(promotion?.viewerCanExecute) && readiness.complete && readiness.order.ok;
  const execute = async () => {
    if (!promotion) return;
    const payload = await act.run({ promotionId: promotion.id, expectedDigest: promotion.digest });
    if (!payload) return;
    if (!payload.moved) {
      setBlockedBy(payload.readiness ? incompleteChecks(payload.readiness).map((check) => check.id) : []);
      setStands(true);
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
            setStands(false);
          }}
          onConfirm={() => void execute()}
        >
          <p>
            {whatHappens(kind, promotion.release, stageName, live)} The gates are judged again in the same
            moment.
          </p>
          {stands && (
            <Alert severity="error" role="alert">
              Not promoted
              {blockedBy.length > 0 ? `: ${blockedBy.join(', ')} is not complete any more.` : '.'}
            </Alert>
          )}
          <ProblemList problems={act.problems} />
        </ConfirmDialog>
      )}
    </Box>
  );
}

type Named = { number: number; alias: string };

function whatHappens(kind: PromotionKind, release: Named, stageName: string, live: Named | null): string {
  const name = `#${String(release.number)} ${release.alias}`;
  if (kind === 'widen') {
    return `Release ${name} stays what ${stageName} serves, and its wider audience is in force at once.`;
  }
  const before = live
    ? `#${String(live.number)} ${live.alias}, which is live there now, stays in the history.`
    : 'Nothing is live there yet.';
  return `Release ${name} becomes what ${stageName} serves, at once. ${before}`;
}
