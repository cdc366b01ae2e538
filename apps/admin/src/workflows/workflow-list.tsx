import AddIcon from '@mui/icons-material/Add';
import Paper from '@mui/material/Paper';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { ListBase, usePermissions } from 'react-admin';
import { LinkButton } from '../ui/link-button.js';
import { ListBody } from '../ui/list-body.js';
import { Page } from '../ui/page.js';
import { SavedViews } from '../ui/saved-views.js';
import { WorkflowCards } from './workflow-cards.js';
import { WorkflowFilters } from './workflow-filters.js';
import { WorkflowTable } from './workflow-table.js';
import { WorkflowTabs } from './workflow-tabs.js';

export function WorkflowList() {
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { permissions } = usePermissions<string[]>();
  return (
    <ListBase resource="workflows" perPage={25} sort={{ field: 'name', order: 'ASC' }}>
      <Page
        title="Workflows"
        actions={
          permissions?.includes('workflow.register') && (
            <LinkButton to="/workflows/new" variant="contained" startIcon={<AddIcon />}>
              Register a workflow
            </LinkButton>
          )
        }
      >
        <WorkflowTabs />
        <Paper variant="outlined">
          <WorkflowFilters />
          <SavedViews resource="workflows" />
          <ListBody empty="No workflow matches. Remove a filter, or register the first one.">
            {phone ? <WorkflowCards /> : <WorkflowTable />}
          </ListBody>
        </Paper>
      </Page>
    </ListBase>
  );
}
