import { useCallback } from 'react';
import Paper from '@mui/material/Paper';
import { ListBase, useListContext } from 'react-admin';
import type { LedgerRowFragment } from '../api/generated/documents.js';
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
  const setChain = useCallback((value: string) => set('chain', value), [set]);
  const setAct = useCallback((value: string) => set('act', value), [set]);
  return (
    <FilterBar>
      <SearchField label="Chain (workflow id or organisation)" value={filters.chain ?? ''} onChange={setChain} />
      <SearchField label="Act, such as promotion.executed" value={filters.act ?? ''} onChange={setAct} />
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
