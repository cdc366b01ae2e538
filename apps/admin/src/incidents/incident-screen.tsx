import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useParams } from 'react-router-dom';
import { IncidentPageDocument, type IncidentPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { GrantsSection } from '../break-glass/grants-section.js';
import { LedgerRows } from '../ledger/ledger-rows.js';
import { Age } from '../ui/age.js';
import { CopyText } from '../ui/copy-text.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { IncidentActions } from './incident-actions.js';
import { IncidentLinks } from './incident-links.js';
import { IncidentRollbacks } from './incident-rollbacks.js';
import { incidentStates } from './incident-words.js';
import { RequestsServed } from './requests-served.js';

export type IncidentData = NonNullable<IncidentPageQuery['incident']>;

/** One incident: how it stands, what it points to, what it allowed, and its story. */
export function IncidentScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { incidentId = '' } = useParams();
  const query = useApi(IncidentPageDocument, { id: incidentId });
  return (
    <Loaded query={query}>
      {({ incident }) =>
        incident?.workflow.id === workflow.id ? <IncidentView incident={incident} /> : <NotFound />
      }
    </Loaded>
  );
}

function IncidentView({ incident }: { incident: IncidentData }) {
  const { word, tone } = incidentStates[incident.state];
  return (
    <>
      <TextLink to={`/workflows/${incident.workflow.id}/incidents`}>All incidents</TextLink>
      <Box
        sx={{
          display: 'grid',
          alignItems: 'start',
          columnGap: 2,
          mt: 1,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 380px' },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Section
            title={`Incident #${String(incident.number)}: ${incident.title}`}
            aside={<ToneChip tone={tone}>{word}</ToneChip>}
          >
            <Facts
              facts={[
                ['Opened', <Moment key="o" at={incident.openedAt} who={incident.openedBy.name} />],
                ['With', incident.owner?.name ?? 'Nobody yet'],
                incident.monitoringAt && ['Monitoring since', <Age key="m" at={incident.monitoringAt} />],
                incident.resolvedAt && [
                  'Resolved',
                  <Moment key="r" at={incident.resolvedAt} who={incident.resolvedBy?.name ?? ''} />,
                ],
                incident.note && ['Note', incident.note],
              ]}
            />
            <IncidentActions incident={incident} />
          </Section>
          <IncidentRollbacks incident={incident} />
          <RequestsServed counts={incident.requestsServed} />
          <Section title="What happened" intro="From the ledger, oldest first." flush>
            <LedgerRows entries={incident.timeline} />
          </Section>
        </Box>
        <Box sx={{ minWidth: 0 }}>
          <IncidentLinks incident={incident} />
          <GrantsSection incident={incident} />
          <Section title="To be told">
            <CopyText label="Incident text" text={incident.text} />
          </Section>
        </Box>
      </Box>
    </>
  );
}

function Moment({ at, who }: { at: string; who: string }) {
  return (
    <Typography variant="body2" component="span">
      <Age at={at} /> by {who}
    </Typography>
  );
}
