import { WorkflowListDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';

/** The chains of the ledger: that of the organisation, and one for each workflow. */
export function useChainChoices(): { value: string; label: string }[] {
  const workflows = useApi(WorkflowListDocument, { first: 100 }).data?.workflows.nodes ?? [];
  return [
    { value: 'organisation', label: 'Organisation' },
    ...workflows.map((workflow) => ({ value: workflow.id, label: workflow.name })),
  ];
}
