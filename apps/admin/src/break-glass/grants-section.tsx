import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useNotify } from 'react-admin';
import { BreakGlassRevokeDocument, type GrantRowFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { grantStates } from '../incidents/incident-words.js';
import type { IncidentData } from '../incidents/incident-screen.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { ProblemList } from '../ui/problem-list.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { GrantDialog } from './grant-dialog.js';

/** Who may pass incomplete gates once for this incident, and who did. */
export function GrantsSection({ incident }: { incident: IncidentData }) {
  const [granting, setGranting] = useState(false);
  return (
    <Section
      title="Break-glass"
      intro="A permission given by name: one promotion past named incomplete gates. Never past the review by a second person."
      aside={
        incident.viewerCanGrantBreakGlass && (
          <Button size="small" variant="outlined" onClick={() => setGranting(true)}>
            Grant
          </Button>
        )
      }
      flush
    >
      {incident.breakGlassGrants.length === 0 ? (
        <EmptyState>
          Nobody was given it{incident.state === 'resolved' ? '.' : '. Administrators give it.'}
        </EmptyState>
      ) : (
        <RowList label="Grants">
          {incident.breakGlassGrants.map((grant) => (
            <GrantRow key={grant.id} grant={grant} />
          ))}
        </RowList>
      )}
      {granting && <GrantDialog incident={incident} onClose={() => setGranting(false)} />}
    </Section>
  );
}

function GrantRow({ grant }: { grant: GrantRowFragment }) {
  const { word, tone } = grantStates[grant.state];
  const notify = useNotify();
  const act = useAct(BreakGlassRevokeDocument, 'breakGlassRevoke');
  const revoke = async () => {
    if (await act.run({ grantId: grant.id })) notify('Revoked.', { type: 'success' });
  };
  return (
    <Box component="li" sx={{ display: 'grid', gap: 0.5, overflowWrap: 'anywhere' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Box sx={{ flexGrow: 1, fontWeight: 600 }}>{grant.person.name}</Box>
        <ToneChip tone={tone}>{word}</ToneChip>
      </Box>
      <Typography variant="body2">{grant.reason}</Typography>
      <Typography variant="body2" color="textSecondary">
        Given by {grant.grantedBy.name} <Age at={grant.createdAt} />
        {grant.state === 'usable' && (
          <>
            , until <Age at={grant.expiresAt} />
          </>
        )}
      </Typography>
      {grant.use && (
        <Typography variant="body2">
          <TextLink to={`/break-glass/${grant.use.id}`}>See what it admitted</TextLink>{' '}
          {grant.use.review ? `(found ${grant.use.review.verdict})` : '(not reviewed yet)'}
        </Typography>
      )}
      <ProblemList problems={act.problems} />
      {grant.viewerCanRevoke && (
        <Box>
          <Button size="small" loading={act.pending} onClick={() => void revoke()}>
            Revoke the grant of {grant.person.name}
          </Button>
        </Box>
      )}
    </Box>
  );
}
