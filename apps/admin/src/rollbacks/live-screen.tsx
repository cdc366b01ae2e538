import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { WorkflowLiveDocument, type WorkflowLiveQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { DrillSection } from '../drills/drill-section.js';
import { EnvironmentSection } from '../environments/environment-section.js';
import { InstanceSection } from '../instances/instance-section.js';
import { effectWords } from '../live/effect-words.js';
import { leverWords } from '../live/live-words.js';
import { useReleaseNames } from '../live/use-release-names.js';
import { Age } from '../ui/age.js';
import { CopyText } from '../ui/copy-text.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { StageTrack } from '../ui/stage-track.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { LeftBehind } from './left-behind.js';

/** What is served in each stage, what rollbacks left, who follows, and the way to the on-call screen. */
export function LiveScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(WorkflowLiveDocument, { id: workflow.id });
  const names = useReleaseNames(workflow.id);
  const path = `/live/${workflow.fullKey}`;
  return (
    <Loaded query={query}>
      {({ workflow: live }) =>
        live && (
          <>
            <Section title="Live in each stage">
              <StageTrack stages={workflow.stages} workflowId={workflow.id} />
            </Section>
            <Section
              title="On call"
              intro="One screen for a phone, to be put where people are paged."
              aside={
                <LinkButton to={path} variant="outlined">
                  Open
                </LinkButton>
              }
            >
              <CopyText label="Link" text={`${location.origin}${path}`} />
            </Section>
            <LeftBehind live={live} />
            <Section title="Rollbacks" flush>
              {rollbacksOf(live).length === 0 ? (
                <EmptyState>Nothing was rolled back here yet.</EmptyState>
              ) : (
                <RowList label="Rollbacks">
                  {rollbacksOf(live).map((one) => (
                    <Box component="li" key={one.id} sx={{ overflowWrap: 'anywhere' }}>
                      <TextLink to={`/workflows/${workflow.id}/rollbacks/${one.id}`}>
                        Rollback #{one.number}:{' '}
                        {one.levers.map((lever) => leverWords(lever, names)).join(', and ')}
                      </TextLink>
                      <Typography variant="body2" color="textSecondary">
                        {one.triggeredByName}, <Age at={one.appliedAt} />. {effectWords(one)}
                      </Typography>
                    </Box>
                  ))}
                </RowList>
              )}
            </Section>
            <DrillSection workflow={workflow} live={live} />
            <InstanceSection workflowId={workflow.id} live={live} />
            <EnvironmentSection workflow={workflow} />
            <TextLink to={`/workflows/${workflow.id}/retire`}>
              {workflow.retiredAt ? 'How it was retired' : 'Who still asks, and retiring it'}
            </TextLink>
          </>
        )
      }
    </Loaded>
  );
}

const rollbacksOf = (live: NonNullable<WorkflowLiveQuery['workflow']>) =>
  live.rollbacks.nodes.filter(({ kind }) => kind === 'rollback');
