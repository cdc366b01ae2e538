import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNavigate } from 'react-router-dom';
import { FixChoicesDocument, PromotionRequestDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { problemsAt } from '../form/problems-at.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { TextLink } from '../ui/text-link.js';
import type { IncidentData } from './incident-screen.js';

/** Asks for the promotion that mends an incident: which release, how far, and the case that was added for it. */
export function FixDialog({ incident, onClose }: { incident: IncidentData; onClose: () => void }) {
  const { workflow, rollbacks } = incident;
  const found = useApi(FixChoicesDocument, { id: workflow.id }).data?.workflow;
  const left = new Set(found?.quarantines.map(({ release }) => release.id));
  const held = new Set(rollbacks.flatMap(({ stageKeys }) => stageKeys));
  const stages = found?.stages ?? [];
  // What mends an incident is newer than what was left for it, and than what was turned off where it stands.
  const newest = Math.max(
    0,
    ...rollbacks.flatMap(({ leftReleases }) => leftReleases.map((one) => one.number)),
    ...stages.flatMap(({ key, occupant }) => (held.has(key) && occupant ? [occupant.release.number] : [])),
  );
  const releases = found?.releases.nodes.filter(({ id, number }) => !left.has(id) && number > newest) ?? [];
  const [chosen, setChosen] = useState<{ releaseId?: string; toStage?: string; suiteId?: string }>({});
  const releaseId = chosen.releaseId ?? releases[0]?.id ?? '';
  const toStage = chosen.toStage ?? stages.findLast(({ key }) => held.has(key))?.key ?? '';
  const suiteId = chosen.suiteId ?? found?.evalSuites[0]?.id ?? '';
  const [caseId, setCaseId] = useState('');
  const [note, setNote] = useState('');
  const act = useAct(PromotionRequestDocument, 'promotionRequest');
  const refused = problemsAt(act.problems, ['releaseId', 'toStage', 'addedCase', 'note']);
  const navigate = useNavigate();
  const request = async () => {
    const addedCase = { suiteId, caseId: caseId.trim() };
    const payload = await act.run({
      ...{ workflowId: workflow.id, releaseId, toStage, kind: 'fix', note },
      ...{ incidentId: incident.id, addedCase },
    });
    if (payload?.promotion) void navigate(`/promotions/${payload.promotion.id}`);
  };
  return (
    <ConfirmDialog
      open
      title={`Fix incident #${String(incident.number)}`}
      confirm="Request the fix"
      pending={act.pending}
      disabled={releaseId === '' || toStage === '' || suiteId === '' || caseId.trim() === ''}
      onClose={onClose}
      onConfirm={() => void request()}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <p>
          It passes the hold, follows stage by stage through the gates with a short soak, and needs one review
          for all stages.
        </p>
        {found && releases.length === 0 && (
          <Alert severity="info">No release is newer than what was left: the fix needs one of its own.</Alert>
        )}
        <TextField
          select
          label="Release that mends it"
          value={releaseId}
          onChange={(event) => setChosen((old) => ({ ...old, releaseId: event.target.value }))}
          error={refused.at('releaseId') !== undefined}
          helperText={
            <>
              {refused.at('releaseId')}{' '}
              <TextLink
                to={`/workflows/${workflow.id}/releases/new`}
                sx={{ display: 'inline-flex', alignItems: 'center', minHeight: 28 }}
              >
                Make a new release
              </TextLink>
            </>
          }
        >
          {releases.map(({ id, number, alias }) => (
            <MenuItem key={id} value={id}>
              #{number} {alias}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label="Up to stage"
          value={toStage}
          onChange={(event) => setChosen((old) => ({ ...old, toStage: event.target.value }))}
          error={refused.at('toStage') !== undefined}
          helperText={refused.at('toStage')}
        >
          {stages.map(({ key, current }) => (
            <MenuItem key={key} value={key}>
              {current.name}
            </MenuItem>
          ))}
        </TextField>
        {found?.evalSuites.length === 0 ? (
          <Alert severity="warning">
            There is no eval suite to add a case to.{' '}
            <TextLink to={`/workflows/${workflow.id}/evals`}>Define one</TextLink>
          </Alert>
        ) : (
          <TextField
            select
            label="Suite that the case was added to"
            value={suiteId}
            onChange={(event) => setChosen((old) => ({ ...old, suiteId: event.target.value }))}
          >
            {(found?.evalSuites ?? []).map(({ id, name }) => (
              <MenuItem key={id} value={id}>
                {name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <TextField
          label="Case that was added"
          value={caseId}
          onChange={(event) => setCaseId(event.target.value)}
          error={refused.at('addedCase') !== undefined}
          helperText={
            refused.at('addedCase') ??
            'As the runs of the suite name it. The release must have been measured on it.'
          }
          required
        />
        <TextField
          label="Note for the reviewers"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          error={refused.at('note') !== undefined}
          helperText={refused.at('note')}
          multiline
          minRows={2}
        />
        <ProblemList problems={refused.rest} />
      </Box>
    </ConfirmDialog>
  );
}
