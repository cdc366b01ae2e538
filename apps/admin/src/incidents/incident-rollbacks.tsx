import { Fragment, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { effectWords } from '../live/effect-words.js';
import { leverWords, segmentWords } from '../live/live-words.js';
import { useReleaseNames } from '../live/use-release-names.js';
import { promotionStates } from '../promotions/promotion-words.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { FixDialog } from './fix-dialog.js';
import type { IncidentData } from './incident-screen.js';

/** What was rolled back for it, and the fixes that are to bring it forward again. */
export function IncidentRollbacks({ incident }: { incident: IncidentData }) {
  const [fixing, setFixing] = useState(false);
  const { rollbacks, workflow } = incident;
  const names = useReleaseNames(workflow.id);
  const fixes = workflow.promotions.nodes.filter(({ incidentId }) => incidentId === incident.id);
  if (rollbacks.length + fixes.length === 0) return null;
  const canFix = workflow.viewerCanRequestPromotion && incident.state !== 'resolved' && rollbacks.length > 0;
  return (
    <Section
      title="Rollbacks and fixes"
      aside={
        canFix && (
          <Button size="small" variant="outlined" onClick={() => setFixing(true)}>
            Start a fix
          </Button>
        )
      }
      flush
    >
      <RowList label="Rollbacks and fixes">
        {rollbacks.map((one) => (
          <Box component="li" key={one.id} sx={{ overflowWrap: 'anywhere' }}>
            <TextLink to={`/workflows/${workflow.id}/rollbacks/${one.id}`}>
              Rollback #{one.number}: {one.levers.map((lever) => leverWords(lever, names)).join(', and ')}
            </TextLink>
            <Typography variant="body2">
              In {one.stageKeys.map(wordOfStage).join(', ')}, {segmentWords(one.segment) ?? 'for everybody'}
              {one.leftReleases.length > 0 &&
                `; left ${one.leftReleases.map(({ number, alias }) => `#${String(number)} ${alias}`).join(', ')}`}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {one.triggeredByName}, <Age at={one.appliedAt} />. {effectWords(one)}
            </Typography>
          </Box>
        ))}
        {fixes.map((fix) => (
          <Box component="li" key={fix.id} sx={{ overflowWrap: 'anywhere' }}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
              <TextLink to={`/promotions/${fix.id}`}>
                Fix: #{fix.release.number} {fix.release.alias} up to {wordOfStage(fix.toStageKey)}
              </TextLink>
              <ToneChip tone={promotionStates[fix.state].tone}>{promotionStates[fix.state].word}</ToneChip>
            </Box>
            <Typography variant="body2" color="textSecondary">
              Requested <Age at={fix.createdAt} />
              {fix.moves.map(
                ({ stageKey, executedAt }) =>
                  executedAt && (
                    <Fragment key={stageKey}>
                      , in {wordOfStage(stageKey)} since <Age at={executedAt} />
                    </Fragment>
                  ),
              )}
            </Typography>
          </Box>
        ))}
        {fixes.length === 0 && (
          <li>
            <EmptyState>
              No fix yet: a release that is measured on a case added to the evals passes the hold.
            </EmptyState>
          </li>
        )}
      </RowList>
      {fixing && <FixDialog incident={incident} onClose={() => setFixing(false)} />}
    </Section>
  );
}
