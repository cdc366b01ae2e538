import { useState } from 'react';
import Button from '@mui/material/Button';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { PromotionRetargetDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { RequestDialog } from '../promotions/request-dialog.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { occupiedKeys } from './occupied-keys.js';
import type { ReleaseData } from './release-screen.js';

/** What can be done with a release: ask for its promotion, or move an open promotion to it. */
export function ReleaseActions({ release }: { release: ReleaseData }) {
  const [requesting, setRequesting] = useState(false);
  const [retargeting, setRetargeting] = useState(false);
  const navigate = useNavigate();
  const notify = useNotify();
  const retarget = useAct(PromotionRetargetDocument, 'promotionRetarget');
  const { workflow } = release;
  const open = workflow.openPromotions.find(
    (promotion) => promotion.viewerCanRetarget && promotion.release.id !== release.id,
  );
  // The next stage; where the release is in every one of them, the last can still be widened.
  const occupied = occupiedKeys(release);
  const stage =
    workflow.stages.find(({ key, openPromotion }) => !occupied.includes(key) && !openPromotion) ??
    workflow.stages.findLast(({ key, openPromotion }) => occupied.includes(key) && !openPromotion);
  const move = async () => {
    if (!open) return;
    const done = await retarget.run({
      promotionId: open.id,
      expectedRevision: open.revision,
      releaseId: release.id,
    });
    if (!done) return;
    notify('Promotion retargeted. Earlier reviews count no more.', { type: 'success' });
    void navigate(`/promotions/${open.id}`);
  };
  return (
    <>
      {open && (
        <Button variant="outlined" size="small" onClick={() => setRetargeting(true)}>
          Retarget the open promotion
        </Button>
      )}
      {workflow.viewerCanRequestPromotion && stage && (
        <Button variant="outlined" size="small" onClick={() => setRequesting(true)}>
          Request promotion
        </Button>
      )}
      {stage && requesting && (
        <RequestDialog
          open
          onClose={() => setRequesting(false)}
          workflowId={workflow.id}
          release={release}
          stages={workflow.stages}
          toStage={stage.key}
        />
      )}
      {open && (
        <ConfirmDialog
          open={retargeting}
          title={`Retarget to #${release.number} ${release.alias}`}
          confirm="Retarget"
          pending={retarget.pending}
          onClose={() => setRetargeting(false)}
          onConfirm={() => void move()}
        >
          <p>
            The promotion to {wordOfStage(open.toStageKey)} moves from #{open.release.number}{' '}
            {open.release.alias} to this release. Reviews given so far stay in sight, keep the digest that
            they saw, and count no more.
          </p>
          <ProblemList problems={retarget.problems} />
        </ConfirmDialog>
      )}
    </>
  );
}
