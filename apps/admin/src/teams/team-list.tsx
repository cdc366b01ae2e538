import { useState } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ListBase, useListContext, usePermissions } from 'react-admin';
import type { TeamListQuery } from '../api/generated/documents.js';
import { ListBody } from '../ui/list-body.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { TeamDialog } from './team-dialog.js';

type Row = TeamListQuery['teams']['nodes'][number];

export function TeamList() {
  const { permissions } = usePermissions<string[]>();
  const [creating, setCreating] = useState(false);
  return (
    <ListBase resource="teams" perPage={25}>
      <Page
        title="Teams"
        actions={
          permissions?.includes('team.create') && (
            <Button variant="contained" startIcon={<AddIcon />} onClick={() => setCreating(true)}>
              New team
            </Button>
          )
        }
      >
        <Paper variant="outlined">
          <ListBody empty="There is no team yet. An administrator makes the first.">
            <Rows />
          </ListBody>
        </Paper>
        {creating && <TeamDialog onClose={() => setCreating(false)} />}
      </Page>
    </ListBase>
  );
}

function Rows() {
  const { data = [] } = useListContext<Row>();
  return (
    <RowList label="Teams">
      {data.map((team) => (
        <Box
          component="li"
          key={team.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'minmax(0,2fr) minmax(0,2fr) auto' },
            columnGap: 2,
          }}
        >
          <div>
            <TextLink to={`/teams/${team.id}`}>{team.name}</TextLink>
            <Typography variant="caption" color="textSecondary" component="div">
              <code>{team.key}</code>
            </Typography>
          </div>
          <Typography variant="body2" color="textSecondary">
            {team.onCallContact ? `On call: ${team.onCallContact}` : 'No on-call contact'}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {team.workflows.totalCount} {team.workflows.totalCount === 1 ? 'workflow' : 'workflows'}
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
