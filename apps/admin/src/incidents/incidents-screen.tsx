import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { WorkflowIncidentsDocument, type IncidentRowFragment } from '../api/generated/documents.js';
import { useApiPages } from '../api/use-api-pages.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { incidentStates } from './incident-words.js';
import { OpenDialog } from './open-dialog.js';

/** What went wrong with the workflow, newest first. */
export function IncidentsScreen({ workflow }: { workflow: WorkflowHeader }) {
  const [opening, setOpening] = useState(false);
  const pages = useApiPages(
    WorkflowIncidentsDocument,
    { id: workflow.id, first: 25 },
    (data) => data.workflow?.incidents,
  );
  return (
    <Section
      title="Incidents"
      intro="What went wrong, who has it, and what was done about it."
      aside={
        pages.first?.workflow?.viewerCanOpenIncident && (
          <Button variant="contained" onClick={() => setOpening(true)}>
            Open an incident
          </Button>
        )
      }
      flush
    >
      <Loaded query={pages}>
        {({ nodes }) =>
          nodes.length === 0 ? (
            <EmptyState>Nothing has gone wrong here, or nobody has said so.</EmptyState>
          ) : (
            <RowList label="Incidents">
              {nodes.map((incident) => (
                <IncidentRow key={incident.id} incident={incident} workflowId={workflow.id} />
              ))}
            </RowList>
          )
        }
      </Loaded>
      <ShowMore pages={pages} what="incidents" />
      {opening && <OpenDialog workflowId={workflow.id} onClose={() => setOpening(false)} />}
    </Section>
  );
}

function IncidentRow({ incident, workflowId }: { incident: IncidentRowFragment; workflowId: string }) {
  const { word, tone } = incidentStates[incident.state];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: '116px minmax(0,1fr) auto' },
        columnGap: 2,
        rowGap: 0.5,
      }}
    >
      <div>
        <ToneChip tone={tone}>{word}</ToneChip>
      </div>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <TextLink to={`/workflows/${workflowId}/incidents/${incident.id}`}>
          #{incident.number} {incident.title}
        </TextLink>
        <Typography variant="body2" color="textSecondary">
          Opened by {incident.openedBy.name}
          {incident.owner ? `, with ${incident.owner.name}` : ', with nobody yet'}
        </Typography>
      </Box>
      <Typography variant="caption" color="textSecondary">
        <Age at={incident.resolvedAt ?? incident.openedAt} />
      </Typography>
    </Box>
  );
}
