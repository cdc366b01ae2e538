import { EvalsPageDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { RunRows } from './run-rows.js';

/** The eval runs that were made for one release. */
export function ReleaseRuns({ workflowId, releaseId }: { workflowId: string; releaseId: string }) {
  const query = useApi(EvalsPageDocument, { workflowId, first: 10, filter: { releaseId } });
  return (
    <Section title="Eval runs" flush>
      <Loaded query={query}>
        {({ workflow }) =>
          workflow && workflow.evalRuns.nodes.length > 0 ? (
            <RunRows runs={workflow.evalRuns.nodes} workflowId={workflowId} />
          ) : (
            <EmptyState
              action={
                <LinkButton to={`/workflows/${workflowId}/evals?release=${releaseId}`}>
                  Import results
                </LinkButton>
              }
            >
              No eval run is tied to this release.
            </EmptyState>
          )
        }
      </Loaded>
    </Section>
  );
}
