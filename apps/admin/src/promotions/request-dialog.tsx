import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import {
  PromotionRequestDocument,
  ReadinessAtDocument,
  type PromotionKind,
  type ReleaseRefFragment,
  type StageLiveFragment,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { TextLink } from '../ui/text-link.js';
import { promotionKinds } from './promotion-words.js';
import { incompleteChecks } from './waits-for.js';

interface Props {
  open: boolean;
  onClose: () => void;
  workflowId: string;
  release: ReleaseRefFragment;
  stages: Omit<StageLiveFragment, 'served'>[];
  toStage: string;
}

/** Asks for a promotion. Allowed while gates are incomplete, so that reviewing and gathering go on side by side. */
export function RequestDialog({ open, onClose, workflowId, release, stages, toStage: proposed }: Props) {
  const [toStage, setToStage] = useState(proposed);
  const [kind, setKind] = useState<PromotionKind>(
    stages.some(({ key, occupant }) => key === proposed && occupant?.release.id === release.id)
      ? 'widen'
      : 'climb',
  );
  const [note, setNote] = useState('');
  const readiness = useApi(ReadinessAtDocument, { releaseId: release.id, stage: toStage }, { enabled: open })
    .data?.readiness;
  const act = useAct(PromotionRequestDocument, 'promotionRequest');
  const navigate = useNavigate();
  const notify = useNotify();
  const request = async () => {
    const payload = await act.run({ workflowId, releaseId: release.id, toStage, kind, note });
    if (!payload?.promotion) return;
    notify('Promotion requested.', { type: 'success' });
    void navigate(`/promotions/${payload.promotion.id}`);
  };
  const occupied = stages.filter((stage) => stage.occupant?.release.id === release.id);
  const somethingLive = stages.some((stage) => stage.occupant);
  const kinds: PromotionKind[] = [
    'climb',
    ...(somethingLive ? (['replace'] as const) : []),
    ...(occupied.length > 0 ? (['widen'] as const) : []),
  ];
  const offered = kind === 'widen' ? occupied : stages;
  const choose = (next: PromotionKind) => {
    setKind(next);
    if (next === 'widen') setToStage(occupied.at(-1)?.key ?? toStage);
  };
  const blocked = readiness ? incompleteChecks(readiness) : [];
  return (
    <ConfirmDialog
      open={open}
      title={`Request promotion of #${release.number} ${release.alias}`}
      confirm="Request promotion"
      pending={act.pending}
      onClose={onClose}
      onConfirm={() => void request()}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <TextField
          select
          label="Kind"
          value={kind}
          onChange={(event) => choose(event.target.value as PromotionKind)}
          helperText={promotionKinds[kind].about}
        >
          {kinds.map((value) => (
            <MenuItem key={value} value={value}>
              {promotionKinds[value].word}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={kind === 'replace' ? 'Up to stage' : kind === 'widen' ? 'Stage to widen' : 'Stage'}
          value={toStage}
          onChange={(event) => setToStage(event.target.value)}
        >
          {offered.map((stage) => (
            <MenuItem key={stage.key} value={stage.key}>
              {stage.current.name}
              {stage.occupant ? ` (live: #${stage.occupant.release.number})` : ' (nothing live)'}
            </MenuItem>
          ))}
        </TextField>
        {kind === 'widen' && (
          <Alert severity="info">
            The wider definition comes first: write it under{' '}
            <TextLink to={`/workflows/${workflowId}/stages/${toStage}`}>Stages</TextLink>. This promotion puts
            it in force, through that stage’s gates.
          </Alert>
        )}
        <TextField
          label="Note for the reviewers"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          multiline
          minRows={2}
        />
        {readiness && (
          <Alert severity={blocked.length > 0 || !readiness.order.ok ? 'info' : 'success'}>
            {readiness.order.ok ? '' : `${readiness.order.message ?? readiness.order.code ?? ''} `}
            {blocked.length > 0
              ? `It can be requested and reviewed now, and executed once ${blocked.length} more ${blocked.length === 1 ? 'check is' : 'checks are'} complete: ${blocked.map((check) => check.id).join(', ')}.`
              : 'Every gate is complete.'}
          </Alert>
        )}
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
