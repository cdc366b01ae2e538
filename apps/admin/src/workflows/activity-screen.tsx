import { useState } from 'react';
import Button from '@mui/material/Button';
import { WorkflowActivityDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { LedgerRows } from '../ledger/ledger-rows.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from './workflow-pages.js';

/** The workflow's chain of the ledger, newest first. */
export function ActivityScreen({ workflow }: { workflow: WorkflowHeader }) {
  const [first, setFirst] = useState(50);
  const query = useApi(WorkflowActivityDocument, { id: workflow.id, first }, { keepPrevious: true });
  return (
    <Section title="Activity" intro="Every act on this workflow, from the ledger." flush>
      <Loaded query={query}>
        {(data) => {
          const activity = data.workflow?.activity;
          if (!activity || activity.nodes.length === 0)
            return <EmptyState>Nothing has happened yet.</EmptyState>;
          return (
            <>
              <LedgerRows entries={activity.nodes} />
              {activity.pageInfo.hasNextPage && first < 100 && (
                <Button onClick={() => setFirst(100)} sx={{ m: 1 }}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
