import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useParams } from 'react-router-dom';
import { TeamPageDocument, type TeamPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { TeamKeys } from '../keys/team-keys.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { TierChip } from '../ui/tier-chip.js';
import { TeamEditDialog } from './team-edit-dialog.js';
import { TeamMembers } from './team-members.js';

export type TeamData = NonNullable<TeamPageQuery['team']>;

export function TeamPage() {
  const { teamId = '' } = useParams();
  const query = useApi(TeamPageDocument, { id: teamId });
  return <Loaded query={query}>{({ team }) => (team ? <Team team={team} /> : <NotFound />)}</Loaded>;
}

function Team({ team }: { team: TeamData }) {
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={team.name}
      crumbs={[{ label: 'Teams', to: '/teams' }]}
      summary={
        <Typography variant="body2" color="textSecondary">
          <code>{team.key}</code>,{' '}
          {team.onCallContact ? `on call: ${team.onCallContact}` : 'no on-call contact'}
        </Typography>
      }
      actions={
        team.viewerCanManage && (
          <Button variant="outlined" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )
      }
    >
      <Box
        sx={{
          display: 'grid',
          alignItems: 'start',
          columnGap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' },
        }}
      >
        <TeamMembers team={team} />
        <Section title="Workflows" flush>
          {team.workflows.nodes.length === 0 ? (
            <EmptyState>No workflow yet.</EmptyState>
          ) : (
            <RowList>
              {team.workflows.nodes.map((workflow) => (
                <Box
                  component="li"
                  key={workflow.id}
                  sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
                >
                  <Box sx={{ flexGrow: 1 }}>
                    <TextLink to={`/workflows/${workflow.id}`}>{workflow.name}</TextLink>
                  </Box>
                  <TierChip tier={workflow.riskTier} />
                </Box>
              ))}
            </RowList>
          )}
        </Section>
      </Box>
      {team.viewerCanSeeKeys && <TeamKeys team={team} />}
      {editing && <TeamEditDialog team={team} onClose={() => setEditing(false)} />}
    </Page>
  );
}
