import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ListBase, useListContext, usePermissions } from 'react-admin';
import type { ModelListQuery } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { LinkButton } from '../ui/link-button.js';
import { ListBody } from '../ui/list-body.js';
import { NamedFilters } from '../ui/named-filters.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';

type Row = ModelListQuery['modelConfigs']['nodes'][number];

export function ModelList() {
  const { permissions } = usePermissions<string[]>();
  return (
    <ListBase resource="models" perPage={25}>
      <Page
        title="Models"
        actions={
          permissions?.includes('modelConfig.edit') && (
            <LinkButton to="/models/new" variant="contained" startIcon={<AddIcon />}>
              New model config
            </LinkButton>
          )
        }
      >
        <Paper variant="outlined">
          <NamedFilters />
          <ListBody empty="No model config matches. One names a provider, a dated model and its parameters.">
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
    <RowList label="Model configs">
      {data.map((config) => (
        <Box
          component="li"
          key={config.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', sm: 'minmax(0,2fr) minmax(0,3fr) auto' },
            columnGap: 2,
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <TextLink to={`/models/${config.id}`}>{config.name}</TextLink>
            <Typography variant="caption" color="textSecondary" component="div">
              <code>
                {config.team.key}/{config.key}
              </code>
            </Typography>
          </Box>
          <Typography variant="body2" color="textSecondary" component="div">
            {config.latestVersion ? (
              <>
                Version {config.latestVersion.version}: {config.latestVersion.provider}{' '}
                <code>{config.latestVersion.model}</code>{' '}
                {config.latestVersion.isAlias && <ToneChip tone="warn">Moving alias</ToneChip>}
              </>
            ) : (
              'No version yet'
            )}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {config.latestVersion && <Age at={config.latestVersion.createdAt} />}
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
