import { useState } from 'react';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import type { IncidentData } from './incident-screen.js';
import { LinkDialog } from './link-dialog.js';

/** What the incident points to: releases and promotions here, addresses and tickets elsewhere. */
export function IncidentLinks({ incident }: { incident: IncidentData }) {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Linked"
      aside={
        incident.viewerCanWork && (
          <Button size="small" variant="outlined" onClick={() => setAdding(true)}>
            Add a link
          </Button>
        )
      }
      flush
    >
      {incident.links.length === 0 ? (
        <EmptyState>Nothing is linked yet.</EmptyState>
      ) : (
        <RowList label="Links">
          {incident.links.map((link) => (
            <li key={link.id}>
              <Target link={link} workflowId={incident.workflow.id} />
              <Typography variant="body2" color="textSecondary">
                {link.createdBy.name}, <Age at={link.createdAt} />
              </Typography>
            </li>
          ))}
        </RowList>
      )}
      {adding && <LinkDialog incident={incident} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Target({ link, workflowId }: { link: IncidentData['links'][number]; workflowId: string }) {
  if (link.promotion) {
    const { id, toStageKey, release } = link.promotion;
    return (
      <TextLink to={`/promotions/${id}`}>
        Promotion of #{release.number} {release.alias} to {wordOfStage(toStageKey)}
      </TextLink>
    );
  }
  if (link.release) {
    return (
      <TextLink to={`/workflows/${workflowId}/releases/${link.release.id}`}>
        Release #{link.release.number} {link.release.alias}
      </TextLink>
    );
  }
  if (link.kind === 'ticket') return <>Ticket {link.value}</>;
  return (
    <TextLink to={link.value} sx={{ overflowWrap: 'anywhere' }}>
      {link.value}
    </TextLink>
  );
}
