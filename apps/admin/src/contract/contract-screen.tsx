import { ContractPageDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Loaded } from '../ui/loaded.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { ContractForm } from './contract-form.js';

/** The contract as it is being written, beside what its risk tier will ask for. */
export function ContractScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(ContractPageDocument, { id: workflow.id });
  return (
    <Loaded query={query}>
      {(data) =>
        data.workflow && (
          <ContractForm
            workflowId={workflow.id}
            editable={data.workflow.viewerCanEdit}
            draft={data.workflow.draft}
            published={data.workflow.contract}
          />
        )
      }
    </Loaded>
  );
}
