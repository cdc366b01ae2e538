import { WorkflowActivityDocument } from '../api/generated/documents.js';
import { useApiPages } from '../api/use-api-pages.js';
import { LedgerRows } from '../ledger/ledger-rows.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from './workflow-pages.js';

/** The workflow's chain of the ledger, newest first, down to the act that registered it. */
export function ActivityScreen({ workflow }: { workflow: WorkflowHeader }) {
  const pages = useApiPages(
    WorkflowActivityDocument,
    { id: workflow.id, first: 50 },
    (data) => data.workflow?.activity,
  );
  return (
    <Section
      title="Activity"
      intro="Every act on this workflow, from the ledger."
      aside={<TextLink to={`/ledger?chain=${workflow.id}`}>Filter in the ledger</TextLink>}
      flush
    >
      <Loaded query={pages}>
        {({ nodes }) =>
          nodes.length === 0 ? (
            <EmptyState>Nothing has happened yet.</EmptyState>
          ) : (
            <LedgerRows entries={nodes} />
          )
        }
      </Loaded>
      <ShowMore pages={pages} what="acts" />
    </Section>
  );
}
