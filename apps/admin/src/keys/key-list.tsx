import { useState } from 'react';
import { KeysDocument, type KeyFilter } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { PageTurner } from '../ui/page-turner.js';
import { RowList } from '../ui/row-list.js';
import { KeyRow } from './key-row.js';

const size = 25;

export function KeyList({ filter, empty }: { filter: KeyFilter; empty: string }) {
  const [page, setPage] = useState(1);
  const query = useApi(
    KeysDocument,
    { first: size, offset: (page - 1) * size, filter },
    { keepPrevious: true },
  );
  return (
    <Loaded query={query}>
      {({ keys }) =>
        keys.nodes.length === 0 ? (
          <EmptyState>{empty}</EmptyState>
        ) : (
          <>
            <RowList label="API keys">
              {keys.nodes.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </RowList>
            <PageTurner page={page} size={size} total={keys.totalCount} onPage={setPage} />
          </>
        )
      }
    </Loaded>
  );
}
