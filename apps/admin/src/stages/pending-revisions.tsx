import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { StageRevisionApproveDocument, type RevisionFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { JsonChanges } from '../ui/json-changes.js';
import { ProblemList } from '../ui/problem-list.js';
import { effectWords } from './stage-effects.js';

/** Revisions that do not hold yet, with what they change and what they wait for. */
export function PendingRevisions({
  revisions,
  current,
}: {
  revisions: RevisionFragment[];
  current: RevisionFragment;
}) {
  const act = useAct(StageRevisionApproveDocument, 'stageRevisionApprove');
  return revisions.map((revision) => (
    <Alert key={revision.id} severity="info" sx={{ '& .MuiAlert-message': { width: '100%', minWidth: 0 } }}>
      Revision {revision.revision} by {revision.createdBy.name} {effectWords(revision.effect)}:{' '}
      {revision.reason}
      <Box sx={{ my: 1 }}>
        <JsonChanges before={current.definition} after={revision.definition} />
      </Box>
      {revision.approval ? (
        `Approved by ${revision.approval.approvedBy.name}. It takes effect with a promotion that widens this stage.`
      ) : (
        <Box sx={{ display: 'grid', gap: 1, justifyItems: 'start' }}>
          <ProblemList problems={act.problems} />
          {revision.viewerCanApprove && (
            <Button
              variant="outlined"
              loading={act.pending}
              onClick={() => void act.run({ stageRevisionId: revision.id })}
            >
              Approve as a second person
            </Button>
          )}
        </Box>
      )}
    </Alert>
  ));
}
