import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import CloseIcon from '@mui/icons-material/Close';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LivePreviewDocument, type OnCallStateFragment } from '../api/generated/documents.js';
import { apiKey } from '../api/use-api.js';
import { ProblemList } from '../ui/problem-list.js';
import { ChangePlan } from './change-plan.js';
import { HoldButton } from './hold-button.js';
import { PreviewView } from './preview-view.js';
import { ReasonChoice } from './reason-choice.js';
import { requestWithin } from './request-within.js';
import { asProposed, isComplete, missingOf, previewInput, triggerInput, type Plan } from './rollback-plan.js';
import { useTrigger, type Done } from './use-trigger.js';

interface Props {
  state: OnCallStateFragment;
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** What a rollback would do, read ahead so that the sheet opens with it even on a bad connection. */
export function usePreview(workflowId: string, plan: Plan, enabled = true) {
  const input = previewInput(workflowId, plan);
  return useQuery({
    queryKey: [apiKey, LivePreviewDocument.toString(), input],
    queryFn: ({ signal }) => requestWithin(LivePreviewDocument, { input }, 12_000, signal),
    enabled: enabled && isComplete(plan),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: 3,
  });
}

/** Says what will change and what will not, takes a reason, and acts when its button is held. */
export function RollbackSheet({ state, onClose, onDone }: Props) {
  const [plan, setPlan] = useState(asProposed);
  const [changing, setChanging] = useState(false);
  const [reason, setReason] = useState('');
  // What was read when the sheet was opened: a rollback with a higher number is one that came after.
  const [before] = useState(state.lastRollback?.number ?? 0);
  const [titleId, factsId] = [useId(), useId()];
  const wide = useMediaQuery('(min-width: 700px)');
  const preview = usePreview(state.workflow.id, plan);
  const trigger = useTrigger(state.workflow.fullKey, before);
  const shown = preview.data?.rollbackPreview;
  const busy = trigger.state.at === 'sending' || trigger.state.at === 'waiting';
  const stopped = trigger.state.at === 'stopped';
  const isFresh = shown !== undefined && !preview.isPlaceholderData && isComplete(plan);
  const ready = isFresh && shown.blockers.length === 0 && shown.levers.length > 0 && reason.trim() !== '';
  const missing = missingOf(plan);
  const act = async () => {
    if (!shown) return;
    const done = await trigger.run(triggerInput(state.workflow.id, plan, shown, reason.trim()));
    if (done) onDone(done);
  };
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={titleId}
      fullScreen={!wide}
      fullWidth
      maxWidth="sm"
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 2, pr: 1, pt: 1 }}>
        <Typography id={titleId} variant="h2" sx={{ flexGrow: 1, fontSize: '1.125rem' }}>
          Roll back {state.workflow.name}
        </Typography>
        <IconButton aria-label="Close" onClick={onClose} disabled={busy}>
          <CloseIcon />
        </IconButton>
      </Box>
      <Box
        id={factsId}
        tabIndex={0}
        role="group"
        aria-label="What will happen"
        sx={{ flexGrow: 1, overflowY: 'auto', px: 2, pb: 2 }}
      >
        {shown ? (
          <PreviewView preview={shown} serving={state.serving} />
        ) : preview.error ? (
          <Alert severity="error" action={<Button onClick={() => void preview.refetch()}>Try again</Button>}>
            {preview.error.message}
          </Alert>
        ) : (
          <Box role="status" aria-label="Loading">
            <Skeleton height={32} />
            <Skeleton height={24} width="70%" />
            <Skeleton height={90} />
          </Box>
        )}
        {!changing && (
          <Button
            variant="outlined"
            onClick={() => setChanging(true)}
            disabled={busy || stopped}
            sx={{ mt: 1.5, minHeight: 44 }}
          >
            Change lever, stages or segment
          </Button>
        )}
        {changing && (
          <ChangePlan
            state={state}
            plan={plan}
            proposed={shown?.levers[0]?.kind ?? state.recommendation?.kind ?? null}
            onChange={(changes) => setPlan((old) => ({ ...old, ...changes }))}
          />
        )}
      </Box>
      <Box sx={{ display: 'grid', gap: 1, px: 2, pt: 1.25, pb: 1, borderTop: 1, borderColor: 'divider' }}>
        <ProblemList problems={trigger.problems} />
        <Box role="status" aria-live="assertive">
          {(trigger.words !== null || trigger.state.at === 'sending') && (
            <Alert severity={trigger.words === null ? 'info' : 'warning'} sx={{ py: 0 }}>
              {trigger.words ?? 'Asked. Waiting for the answer.'}
              {busy && trigger.words !== null && ' Asking again: it is one act, however often it is sent.'}
            </Alert>
          )}
        </Box>
        <Box role="status">{missing && <Alert severity="info">{missing}</Alert>}</Box>
        {!busy && !stopped && <ReasonChoice value={reason} onChange={setReason} />}
        {stopped ? (
          <Button variant="contained" color="error" onClick={() => void act()} sx={{ minHeight: 56 }}>
            Try again
          </Button>
        ) : (
          <HoldButton
            verb="roll back"
            disabled={!ready || busy}
            pending={busy}
            describedBy={factsId}
            onDone={() => void act()}
          />
        )}
      </Box>
    </Dialog>
  );
}
