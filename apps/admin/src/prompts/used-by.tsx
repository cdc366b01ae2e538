import Typography from '@mui/material/Typography';
import type { PromptPageQuery } from '../api/generated/documents.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';

type Prompt = NonNullable<PromptPageQuery['prompt']>;
type User = Prompt['usedBy'][number];

/** Which version the newest release of each workflow pins, and the way to one that pins the latest. */
export function UsedBy({ prompt }: { prompt: Prompt }) {
  const [latest] = prompt.versions.nodes;
  return (
    <Section title="Used by">
      {prompt.usedBy.length === 0 && <Typography variant="body2">No workflow yet.</Typography>}
      {prompt.usedBy.map((workflow) => {
        const pinned = pinnedBy(workflow, prompt.id);
        const isOffered =
          latest && pinned < latest.version && workflow.viewerCanRelease && workflow.retiredAt === null;
        return (
          <div key={workflow.id}>
            <TextLink to={`/workflows/${workflow.id}`}>{workflow.name}</TextLink>
            <Typography variant="body2" color="textSecondary">
              {pinned === 0 ? 'Not in its newest release' : `Version ${String(pinned)} in its newest release`}
            </Typography>
            {pinned > 0 && isOffered && (
              <TextLink to={`/workflows/${workflow.id}/releases/new?prompt=${latest.id}`}>
                Make a release with version {latest.version}
              </TextLink>
            )}
          </div>
        );
      })}
    </Section>
  );
}

/** The newest of its versions that the workflow's newest release pins; 0: none. */
function pinnedBy({ latestRelease }: User, promptId: string): number {
  const own = latestRelease?.steps.filter(({ promptVersion }) => promptVersion.prompt.id === promptId) ?? [];
  return Math.max(0, ...own.map(({ promptVersion }) => promptVersion.version));
}
