import Alert from '@mui/material/Alert';
import { LinkButton } from '../ui/link-button.js';
import type { WorkflowHeader } from './workflow-pages.js';

/** The one thing to do next for a workflow that is still being set up. */
export function NextThing({ workflow }: { workflow: WorkflowHeader }) {
  const next = nextThing(workflow);
  if (!next || !workflow.viewerCanEdit) return null;
  return (
    <Alert
      severity="info"
      sx={{ mb: 2 }}
      action={<LinkButton to={`/workflows/${workflow.id}/${next.path}`}>{next.label}</LinkButton>}
    >
      {next.text}
    </Alert>
  );
}

function nextThing(workflow: WorkflowHeader): { text: string; label: string; path: string } | null {
  if (!workflow.contract?.complete) {
    return {
      text: 'The contract is not complete. Everything else is judged against it.',
      label: 'Write the contract',
      path: 'contract',
    };
  }
  if (!workflow.operating) {
    return { text: 'Nobody is named yet who runs this workflow.', label: 'Name them', path: 'operating' };
  }
  if (!workflow.latestRelease) {
    return {
      text: 'There is no release: prompt and model are not pinned to the contract.',
      label: 'Make a release',
      path: 'releases/new',
    };
  }
  return null;
}
