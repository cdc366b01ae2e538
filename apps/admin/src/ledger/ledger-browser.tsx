import Paper from '@mui/material/Paper';
import { ListBase, useListContext } from 'react-admin';
import type { LedgerRowFragment } from '../api/generated/documents.js';
import { WorkflowListDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { FilterBar } from '../ui/filter-bar.js';
import { ListBody } from '../ui/list-body.js';
import { Page } from '../ui/page.js';
import { SearchField } from '../ui/search-field.js';
import { useFilters } from '../ui/use-filters.js';
import { LedgerRows } from './ledger-rows.js';
import { VerifyChain } from './verify-chain.js';

export function LedgerBrowser() {
  return (
    <ListBase resource="ledger" perPage={50}>
      <Page title="Ledger">
        <VerifySection />
        <Paper variant="outlined">
          <LedgerFilters />
          <ListBody empty="No entry matches.">
            <Rows />
          </ListBody>
        </Paper>
      </Page>
    </ListBase>
  );
}

interface Filters {
  chain?: string;
  act?: string;
}

function LedgerFilters() {
  const [filters, set] = useFilters<Filters>();
  const workflows = useApi(WorkflowListDocument, { first: 100 }).data?.workflows.nodes ?? [];
  const chains = [
    { value: 'organisation', label: 'Organisation' },
    ...workflows.map((workflow) => ({ value: workflow.id, label: workflow.name })),
  ];
  return (
    <FilterBar>
      <ChoiceFilter
        label="Chain"
        value={filters.chain ?? ''}
        choices={chains}
        onChange={(value) => set('chain', value)}
      />
      <SearchField
        label="Act, such as promotion.executed"
        value={filters.act ?? ''}
        onChange={(value) => set('act', value)}
      />
    </FilterBar>
  );
}

function Rows() {
  const { data = [] } = useListContext<LedgerRowFragment>();
  return <LedgerRows entries={data} />;
}

function VerifySection() {
  const [filters] = useFilters<Filters>();
  return <VerifyChain chain={filters.chain || 'organisation'} />;
}
