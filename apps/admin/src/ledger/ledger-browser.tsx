import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import Paper from '@mui/material/Paper';
import { usePermissions } from 'react-admin';
import { LedgerDocument } from '../api/generated/documents.js';
import { useApiPages } from '../api/use-api-pages.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { ShowMore } from '../ui/show-more.js';
import { LedgerFilterBar } from './ledger-filters.js';
import { LedgerRows } from './ledger-rows.js';
import { useLedgerFilters } from './use-ledger-filters.js';
import { VerifyChain } from './verify-chain.js';

const size = 50;

/** Every act, newest first, and what can be done to trust it. */
export function LedgerBrowser() {
  const filters = useLedgerFilters();
  const pages = useApiPages(LedgerDocument, { first: size, filter: filters.filter }, (data) => data.ledger);
  const { permissions } = usePermissions<string[]>();
  const someone = pages.data?.nodes.find((entry) => entry.actorId === filters.values.actor);
  return (
    <Page
      title="Ledger"
      actions={
        permissions?.includes('ledger.export') && (
          <LinkButton to="/ledger-export" variant="outlined" startIcon={<DownloadIcon />}>
            Export
          </LinkButton>
        )
      }
    >
      <VerifyChain chain={filters.values.chain ?? 'organisation'} />
      <Paper variant="outlined">
        <LedgerFilterBar filters={filters} actorName={someone?.actor?.name ?? someone?.actorKey?.name} />
        <Loaded query={pages}>
          {({ nodes }) =>
            nodes.length === 0 ? (
              <EmptyState>No entry matches.</EmptyState>
            ) : (
              <LedgerRows entries={nodes} withChain />
            )
          }
        </Loaded>
        <ShowMore pages={pages} what="entries" />
      </Paper>
    </Page>
  );
}
