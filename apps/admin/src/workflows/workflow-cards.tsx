import Box from '@mui/material/Box';
import { useListContext } from 'react-admin';
import type { WorkflowRowFragment } from '../api/generated/documents.js';
import { RowList } from '../ui/row-list.js';
import { StageTrack } from '../ui/stage-track.js';
import { TextLink } from '../ui/text-link.js';
import { TierChip } from '../ui/tier-chip.js';
import { NextStep } from './next-step.js';
import { RetiredChip } from './retired-chip.js';

/** The list on a phone. */
export function WorkflowCards() {
  const { data = [] } = useListContext<WorkflowRowFragment>();
  return (
    <RowList label="Workflows">
      {data.map((workflow) => (
        <li key={workflow.id}>
          <TextLink to={`/workflows/${workflow.id}`}>{workflow.name}</TextLink>
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', mb: 0.5 }}>
            <code>{workflow.fullKey}</code>
          </Box>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
            <TierChip tier={workflow.riskTier} />
            <RetiredChip at={workflow.retiredAt} />
            <NextStep workflow={workflow} />
          </Box>
          <StageTrack stages={workflow.stages} compact />
        </li>
      ))}
    </RowList>
  );
}
