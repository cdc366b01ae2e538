import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { HomeQuery } from '../api/generated/documents.js';
import { incidentStates } from '../incidents/incident-words.js';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';

/** What is wrong somewhere now, before anything else. Nothing where nothing is. */
export function IncidentsUnderway({ incidents }: { incidents: HomeQuery['incidents'] }) {
  const { nodes, totalCount } = incidents;
  if (nodes.length === 0) return null;
  return (
    <Section title="Incidents under way" aside={<ToneChip tone="bad">{totalCount}</ToneChip>} flush>
      <RowList>
        {nodes.map(({ id, number, title, state, openedAt, workflow }) => (
          <Box
            component="li"
            key={id}
            sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}
          >
            <ToneChip tone={incidentStates[state].tone}>{incidentStates[state].word}</ToneChip>
            <Box sx={{ flex: '1 1 180px' }}>
              <TextLink to={`/workflows/${workflow.id}/incidents/${id}`}>
                #{number} {title}
              </TextLink>
              <Typography variant="body2" color="textSecondary">
                {workflow.name} <code>{workflow.fullKey}</code>
              </Typography>
            </Box>
            <TextLink to={`/live/${workflow.fullKey}`}>What is live</TextLink>
            <Typography variant="caption" color="textSecondary">
              <Age at={openedAt} />
            </Typography>
          </Box>
        ))}
      </RowList>
    </Section>
  );
}
