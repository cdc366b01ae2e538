import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { HomeQuery, LiveWorkflowFragment } from '../api/generated/documents.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { StageTrack } from '../ui/stage-track.js';
import { TextLink } from '../ui/text-link.js';
import { wordOfStage } from '../workflows/stage-choices.js';

interface Props {
  mine: LiveWorkflowFragment[];
  everywhere: HomeQuery['general'];
}

/** What users meet at this moment: of the reader's teams first, of everybody where the reader has none. */
export function LiveNow({ mine, everywhere }: Props) {
  const own = mine.filter(isLive);
  const shown = own.length > 0 ? own : everywhere.nodes;
  return (
    <Section
      title="Live now"
      aside={
        <TextLink to="/workflows?filter=%7B%22liveIn%22%3A%22general%22%7D">
          {everywhere.totalCount} in {wordOfStage('general')}
        </TextLink>
      }
      flush
    >
      {shown.length === 0 ? (
        <EmptyState>No workflow is live in any stage yet.</EmptyState>
      ) : (
        <RowList>
          {shown.map((workflow) => (
            <li key={workflow.id}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
                <TextLink to={`/workflows/${workflow.id}`}>{workflow.name}</TextLink>
                <Typography variant="caption" color="textSecondary">
                  <code>{workflow.fullKey}</code>
                </Typography>
              </Box>
              <StageTrack stages={workflow.stages} compact />
            </li>
          ))}
        </RowList>
      )}
    </Section>
  );
}

function isLive(workflow: LiveWorkflowFragment): boolean {
  return workflow.stages.some((stage) => stage.occupant ?? stage.served.release);
}
