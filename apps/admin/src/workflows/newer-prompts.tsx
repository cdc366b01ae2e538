import Alert from '@mui/material/Alert';
import { LinkButton } from '../ui/link-button.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowReadiness } from './readiness-screen.js';
import type { WorkflowHeader } from './workflow-pages.js';

interface Props {
  workflow: WorkflowHeader;
  release: WorkflowReadiness['latestRelease'];
}

/** Versions of its prompts that came after the newest release: offered, and taken up by nobody but a person. */
export function NewerPrompts({ workflow, release }: Props) {
  if (!workflow.viewerCanRelease || workflow.retiredAt) return null;
  const steps = release?.steps ?? [];
  const newer = new Map(
    steps.flatMap(({ promptVersion: { version, prompt } }) =>
      prompt.latestVersion && prompt.latestVersion.version > version
        ? [[prompt.id, { prompt, pinned: version, latest: prompt.latestVersion }] as const]
        : [],
    ),
  );
  return [...newer.values()].map(({ prompt, pinned, latest }) => (
    <Alert
      key={prompt.id}
      severity="info"
      sx={{ mb: 2 }}
      action={
        <LinkButton to={`/workflows/${workflow.id}/releases/new?prompt=${latest.id}`}>
          Make a release with it
        </LinkButton>
      }
    >
      <TextLink to={`/prompts/${prompt.id}`}>{prompt.name}</TextLink> has version {latest.version}:{' '}
      {latest.commitMessage}. The newest release pins version {pinned}.
    </Alert>
  ));
}
