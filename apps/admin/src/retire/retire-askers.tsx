import type { RetirePageQuery } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { useNow } from '../ui/use-now.js';

/** Requests are counted by whole hours; in milliseconds. */
const hour = 3_600_000;

type Preview = NonNullable<RetirePageQuery['retirePreview']>;

/** Applications that asked for a workflow lately, by key. */
export function RetireAskers({ askedBy, lastRequestAt }: Pick<Preview, 'askedBy' | 'lastRequestAt'>) {
  const now = useNow();
  return (
    <Section
      title="Who still asks"
      intro={
        <>
          Within 14 days.{' '}
          {lastRequestAt ? (
            Date.parse(lastRequestAt) > now - hour ? (
              'The last request of production came within the hour.'
            ) : (
              <>
                The last request of production came <Age at={lastRequestAt} />.
              </>
            )
          ) : (
            'No request of production is known.'
          )}
        </>
      }
      flush
    >
      {askedBy.length === 0 ? (
        <EmptyState>Nobody asked for it.</EmptyState>
      ) : (
        <PlainTable
          label="Who still asks"
          rows={askedBy}
          rowKey={(row) => `${row.application} ${row.keyName ?? ''} ${row.environment} ${row.via}`}
          columns={[
            { label: 'Application', cell: (row) => row.application || 'Says no name' },
            { label: 'Instances', numeric: true, cell: (row) => row.instances },
            { label: 'Key', cell: (row) => row.keyName ?? 'Not known' },
            { label: 'Environment', cell: (row) => row.environment },
            {
              label: 'Known by',
              cell: (row) => (row.via === 'ofrep' ? 'what it last fetched' : 'its reports'),
            },
            { label: 'Last', cell: (row) => <Age at={row.lastSeenAt} /> },
          ]}
        />
      )}
    </Section>
  );
}
