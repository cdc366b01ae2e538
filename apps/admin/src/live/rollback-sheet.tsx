import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import CloseIcon from '@mui/icons-material/Close';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { OnCallStateFragment, PreviewFactsFragment } from '../api/generated/documents.js';
import { ProblemList } from '../ui/problem-list.js';
import { ChangePlan } from './change-plan.js';
import { HoldButton } from './hold-button.js';
import { IncidentChoice, incidentJoined } from './incident-choice.js';
import { PreviewArea } from './preview-area.js';
import { actWords } from './preview-words.js';
import { ReasonChoice } from './reason-choice.js';
import { asProposed, missingOf, triggerInput } from './rollback-plan.js';
import { usePreview } from './use-preview.js';
import { useTrigger, type Done } from './use-trigger.js';

interface Props {
  state: OnCallStateFragment;
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** What was sent, and the preview that it was held for: the same until its answer is there. */
interface Sent {
  input: ReturnType<typeof triggerInput>;
  preview: PreviewFactsFragment;
}

/** Why it cannot be done yet, in a sentence; null: it can. */
function whyNotYet(
  missing: string | null,
  preview: PreviewFactsFragment | undefined,
  failed: boolean,
  reason: string,
): string | null {
  if (missing !== null) return missing;
  if (!preview) return failed ? 'What it would change could not be read.' : 'Reading what it would change.';
  if (preview.blockers.length > 0) return 'It cannot be done, as said above.';
  return reason.trim() === '' ? 'Choose a reason.' : null;
}

/** Says what will change and what will not, takes a reason, and acts when its button is held. */
export function RollbackSheet({ state, onClose, onDone }: Props) {
  const [plan, setPlan] = useState(asProposed);
  const [changing, setChanging] = useState(false);
  const [reason, setReason] = useState('');
  const [incident, setIncident] = useState<string | null>();
  const [sent, setSent] = useState<Sent | null>(null);
  // What was read when the sheet was opened: a rollback with a higher number is one that came after.
  const [before] = useState(state.lastRollback?.number ?? 0);
  const [titleId, factsId] = [useId(), useId()];
  const wide = useMediaQuery('(min-width: 700px)');
  const preview = usePreview(state.workflow.id, plan);
  const trigger = useTrigger(state.workflow.fullKey, before);
  const busy = trigger.state.at === 'sending' || trigger.state.at === 'waiting';
  const stopped = trigger.state.at === 'stopped';
  const underway = busy || stopped;
  const missing = missingOf(plan);
  const chosen = preview.shown;
  const shown = underway ? sent?.preview : chosen;
  const joined = incidentJoined(state.openIncidents, incident);
  const act = async (sending: Sent) => {
    setSent(sending);
    const done = await trigger.run(sending.input);
    if (done) onDone(done);
  };
  const first = async () => {
    if (!chosen) return;
    const input = triggerInput(state.workflow.id, plan, chosen, reason.trim());
    await act({ input: { ...input, incidentId: joined }, preview: chosen });
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
        <PreviewArea
          preview={shown}
          missing={missing}
          error={preview.error}
          onRetry={preview.readAgain}
          serving={state.serving}
        />
        {!changing && (
          <Button
            variant="outlined"
            onClick={() => setChanging(true)}
            disabled={underway}
            sx={{ mt: 1.5, minHeight: 44 }}
          >
            Change lever, stages or segment
          </Button>
        )}
        {changing && !underway && (
          <ChangePlan
            state={state}
            plan={plan}
            proposed={shown?.levers[0] ?? state.recommendation}
            onChange={(changes) => setPlan((old) => ({ ...old, ...changes }))}
          />
        )}
      </Box>
      <Box
        sx={{
          ...{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1 },
          ...{ px: 2, pt: 1.25, pb: 1, borderTop: 1, borderColor: 'divider' },
        }}
      >
        <ProblemList problems={trigger.problems} />
        <Box role="status" aria-live="assertive">
          {(trigger.words !== null || trigger.state.at === 'sending') && (
            <Alert severity={trigger.words === null ? 'info' : 'warning'} sx={{ py: 0 }}>
              {trigger.words ?? 'Asked. Waiting for the answer.'}
              {busy &&
                trigger.words !== null &&
                ' Asking again under the same key: it is one act, however often it is sent.'}
            </Alert>
          )}
        </Box>
        {!underway && (
          <>
            <IncidentChoice incidents={state.openIncidents} joined={joined} onChange={setIncident} />
            <ReasonChoice value={reason} onChange={setReason} />
          </>
        )}
        {stopped ? (
          <Button
            variant="contained"
            color="error"
            onClick={() => sent && void act(sent)}
            sx={{ minHeight: 56 }}
          >
            Try again
          </Button>
        ) : (
          <HoldButton
            verb={shown && shown.levers.length > 0 ? actWords(shown) : 'roll back'}
            whyNot={underway ? null : whyNotYet(missing, chosen, preview.error !== null, reason)}
            pending={busy}
            heldFor={JSON.stringify([shown?.levers, shown?.stages, shown?.warnings])}
            describedBy={factsId}
            onDone={() => void first()}
          />
        )}
      </Box>
    </Dialog>
  );
}
