import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ListBase, useListContext, usePermissions } from 'react-admin';
import type { PromptListQuery } from '../api/generated/documents.js';
import { NamedFilters } from '../ui/named-filters.js';
import { Age } from '../ui/age.js';
import { LinkButton } from '../ui/link-button.js';
import { ListBody } from '../ui/list-body.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';

type Row = PromptListQuery['prompts']['nodes'][number];

export function PromptList() {
  const { permissions } = usePermissions<string[]>();
  return (
    <ListBase resource="prompts" perPage={25}>
      <Page
        title="Prompts"
        actions={
          permissions?.includes('prompt.edit') && (
            <LinkButton to="/prompts/new" variant="contained" startIcon={<AddIcon />}>
              New prompt
            </LinkButton>
          )
        }
      >
        <Paper variant="outlined">
          <NamedFilters />
          <ListBody empty="No prompt matches. A prompt belongs to a team and can serve several workflows.">
            <Rows />
          </ListBody>
        </Paper>
      </Page>
    </ListBase>
  );
}

function Rows() {
  const { data = [] } = useListContext<Row>();
  return (
    <RowList label="Prompts">
      {data.map((prompt) => (
        <Box
          component="li"
          key={prompt.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', sm: 'minmax(0,2fr) minmax(0,3fr) auto' },
            columnGap: 2,
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <TextLink to={`/prompts/${prompt.id}`}>{prompt.name}</TextLink>
            <Typography variant="caption" color="textSecondary" component="div">
              <code>
                {prompt.team.key}/{prompt.key}
              </code>
            </Typography>
          </Box>
          <Typography variant="body2" color="textSecondary">
            {prompt.latestVersion
              ? `Version ${prompt.latestVersion.version}: ${prompt.latestVersion.commitMessage}`
              : 'No version yet'}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {prompt.latestVersion && <Age at={prompt.latestVersion.createdAt} />}
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
