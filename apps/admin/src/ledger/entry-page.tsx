import { useParams } from 'react-router-dom';
import { LedgerEntryPageDocument, type LedgerEntryPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { EntryBytes } from './entry-bytes.js';
import { EntryFacts } from './entry-facts.js';
import { EntryPlace } from './entry-place.js';
import { detailOf } from './entry-words.js';
import { VerifyChain } from './verify-chain.js';

export type EntryData = NonNullable<LedgerEntryPageQuery['ledgerEntry']>;

/** One entry of the ledger: what it says, where it stands, and the bytes that prove it. */
export function EntryPage() {
  const { entryId = '' } = useParams();
  const query = useApi(LedgerEntryPageDocument, { id: entryId });
  return (
    <Loaded query={query}>
      {({ ledgerEntry: entry }) => {
        if (!entry) return <NotFound />;
        const detail = detailOf(entry.canonical);
        return (
          <Page
            title={detail ? `${entry.summary}: ${detail}` : entry.summary}
            crumbs={[{ label: 'Ledger', to: '/ledger' }]}
          >
            <EntryFacts entry={entry} />
            <EntryPlace entry={entry} />
            <EntryBytes entry={entry} />
            <VerifyChain chain={entry.chain} name={entry.workflow?.name ?? 'the organisation'} />
          </Page>
        );
      }}
    </Loaded>
  );
}
