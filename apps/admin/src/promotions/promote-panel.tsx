import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { LinkButton } from '../ui/link-button.js';
import { Section } from '../ui/section.js';
import type { WorkflowReadiness } from '../workflows/readiness-screen.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { ExecuteButton } from './execute-button.js';
import { RequestDialog } from './request-dialog.js';
import { WaitsForList } from './waits-for-list.js';

interface Props {
  workflow: WorkflowHeader;
  state: WorkflowReadiness;
}

/** From the newest release to the next stage: request, review, promote. Says what the last step waits for. */
export function PromotePanel({ workflow, state }: Props) {
  const [requesting, setRequesting] = useState(false);
  const waitsId = useId();
  const { nextStage, nextReadiness, latestRelease } = state;
  if (!nextStage || !nextReadiness || !latestRelease) return null;
  const promotion = state.openPromotions.find((open) => open.id === nextStage.openPromotion?.id);
  const overtaken = latestRelease.behindLive.find((behind) => behind.stageKey === nextStage.key);
  const live = workflow.stages.find((stage) => stage.key === nextStage.key)?.occupant?.release ?? null;
  const others = [
    ...(promotion ? [] : ['A promotion that someone requests']),
    ...(promotion && promotion.release.id !== latestRelease.id
      ? [
          `The open promotion is for release #${promotion.release.number}; retarget it to #${latestRelease.number}`,
        ]
      : []),
  ];
  return (
    <Section title={`Promote to ${nextStage.current.name}`} id="promote">
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {overtaken && (
          <Alert severity="warning">
            Behind live: #{overtaken.occupant.number} {overtaken.occupant.alias} overtook this release.
          </Alert>
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <ExecuteButton
            promotion={promotion ?? null}
            readiness={nextReadiness}
            kind={promotion?.kind ?? 'climb'}
            stageName={nextStage.current.name}
            live={live}
            describedBy={waitsId}
          />
          {promotion ? (
            <LinkButton to={`/promotions/${promotion.id}`} variant="outlined">
              Open the review
            </LinkButton>
          ) : (
            workflow.viewerCanRequestPromotion && (
              <Button variant="outlined" onClick={() => setRequesting(true)}>
                Request promotion
              </Button>
            )
          )}
        </Box>
        <WaitsForList id={waitsId} readiness={nextReadiness} others={others} />
      </Box>
      <RequestDialog
        open={requesting}
        onClose={() => setRequesting(false)}
        workflowId={workflow.id}
        release={latestRelease}
        stages={workflow.stages}
        toStage={nextStage.key}
      />
    </Section>
  );
}
