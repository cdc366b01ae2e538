import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useParams } from 'react-router-dom';
import { ReleasePageDocument, type ReleasePageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { ReleaseRuns } from '../evals/release-runs.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { TierChip } from '../ui/tier-chip.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { ReleaseActions } from './release-actions.js';
import { ReleaseDiffSection } from './release-diff-section.js';
import { ReleaseMarks } from './release-marks.js';
import { ReleaseReadiness } from './release-readiness.js';
import { StepList } from './step-list.js';

export type ReleaseData = NonNullable<ReleasePageQuery['release']>;

export function ReleaseScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { releaseId = '' } = useParams();
  const query = useApi(ReleasePageDocument, { id: releaseId });
  return (
    <Loaded query={query}>
      {({ release }) =>
        release ? (
          <>
            <Summary release={release} workflowId={workflow.id} />
            <ReleaseDiffSection release={release} />
            <Section title="Steps" flush>
              <StepList steps={release.steps} />
            </Section>
            <ReleaseReadiness release={release} />
            <ReleaseRuns workflowId={workflow.id} releaseId={release.id} />
          </>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function Summary({ release, workflowId }: { release: ReleaseData; workflowId: string }) {
  const names = (people: { name: string }[]) => people.map((person) => person.name).join(', ');
  return (
    <Section
      title={`Release #${release.number} ${release.alias}`}
      aside={<ReleaseActions release={release} />}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mb: 1.5 }}>
        <ReleaseMarks release={release} />
        <TierChip tier={release.riskTier} />
      </Box>
      <Facts
        facts={[
          ['Digest', <Digest key="d" value={release.digest} />],
          ['Eval digest', <Digest key="e" value={release.evalDigest} label="eval digest" />],
          [
            'Made by',
            <>
              {release.createdBy.name}, <Age at={release.createdAt} />
            </>,
          ],
          ['Authors of what changed', names(release.authors)],
          ['Answers for it', names(release.responsible)],
          release.parent
            ? [
                'Made from',
                <TextLink
                  key="p"
                  to={`/workflows/${workflowId}/releases/${release.parent.id}`}
                >{`#${release.parent.number} ${release.parent.alias}`}</TextLink>,
              ]
            : ['Made from', 'Nothing: it is the first of its line'],
          release.derivedFrom && [
            'Derived from',
            `#${release.derivedFrom.number} ${release.derivedFrom.alias}`,
          ],
          ['Components', <ComponentNumbers key="c" release={release} />],
          release.notes !== '' && ['Notes', release.notes],
        ]}
      />
    </Section>
  );
}

function ComponentNumbers({ release }: { release: ReleaseData }) {
  const kinds = ['core', 'output', 'retrieval', 'tools', 'budgets'] as const;
  const present = kinds.flatMap((kind) => {
    const component = release.components[kind];
    return component ? [`${kind} ${component.number}`] : [];
  });
  return (
    <Typography variant="body2" component="span">
      {present.join(', ')}
    </Typography>
  );
}
