import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { DrillStartDocument, type LeverKind, type OnCallStateFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ChangePlan } from '../live/change-plan.js';
import { counted } from '../live/live-words.js';
import { PreviewView } from '../live/preview-view.js';
import { missingOf, previewInput, triggerInput, withLever } from '../live/rollback-plan.js';
import { usePreview } from '../live/use-preview.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { drillAsProposed, lengths, testSegment, type DrillPlan } from './drill-plan.js';
import { DrillStages } from './drill-stages.js';

interface Props {
  state: OnCallStateFragment;
  onClose: () => void;
}

/** Rehearses a rollback: the same levers and the same measuring, for a few minutes and test requests. */
export function DrillDialog({ state, onClose }: Props) {
  // What nobody is recommended to do in earnest is rehearsed by the lever that every contract has.
  const available = state.levers.filter((lever) => lever.available);
  const proposed: LeverKind =
    (available.find(({ noEffect }) => noEffect === null) ?? available[0])?.kind ?? 'disable';
  const [plan, setPlan] = useState<DrillPlan>({ ...drillAsProposed, ...withLever(state.levers, proposed) });
  const { shown } = usePreview(state.workflow.id, plan);
  const act = useAct(DrillStartDocument, 'drillStart');
  const missing = missingOf(plan);
  const ready = shown?.blockers.length === 0 && shown.levers.length > 0;
  const start = async () => {
    if (!shown) return;
    const { levers, stageKeys } = triggerInput(state.workflow.id, plan, shown, '');
    const { segment } = previewInput(state.workflow.id, plan);
    const { minutes } = plan;
    if (await act.run({ workflowId: state.workflow.id, levers, stageKeys, segment: segment ?? [], minutes }))
      onClose();
  };
  const isForTests = plan.attribute === testSegment.attribute && plan.values === testSegment.values;
  return (
    <ConfirmDialog
      open
      title="Start a drill"
      confirm="Start the drill"
      pending={act.pending}
      disabled={!ready}
      onClose={onClose}
      onConfirm={() => void start()}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Typography variant="body2">
          It is measured like a rollback, ends by itself, and leaves no incident, hold or quarantine. It has
          passed once an instance confirmed it.
        </Typography>
        <TextField
          select
          label="For how long"
          value={plan.minutes}
          onChange={(event) => setPlan((old) => ({ ...old, minutes: Number(event.target.value) }))}
        >
          {lengths.map((minutes) => (
            <MenuItem key={minutes} value={minutes}>
              {counted(minutes, 'minute')}
            </MenuItem>
          ))}
        </TextField>
        <ChangePlan
          state={state}
          plan={plan}
          proposed={{ kind: proposed }}
          withScope={false}
          onChange={(changes) => setPlan((old) => ({ ...old, ...changes, kind: changes.kind ?? old.kind }))}
        />
        <DrillStages
          state={state}
          plan={plan}
          onChange={(changes) => setPlan((old) => ({ ...old, ...changes }))}
        />
        {!isForTests && (
          <Alert severity="warning">
            {plan.attribute.trim() === ''
              ? 'For everybody: this drill changes what real requests get.'
              : 'Requests that match get what the drill serves, real ones too.'}
          </Alert>
        )}
        {shown && (
          <Box role="group" aria-label="What the drill changes">
            <PreviewView preview={{ ...shown, recommendation: null }} serving={state.serving} />
          </Box>
        )}
        <Box role="status">{missing && <Alert severity="info">{missing}</Alert>}</Box>
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
