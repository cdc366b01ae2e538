import { useState } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReleaseListDocument, type ReleaseRowFragment } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { PageTurner } from '../ui/page-turner.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { ReleaseMarks } from './release-marks.js';

const size = 20;

export function ReleasesScreen({ workflow }: { workflow: WorkflowHeader }) {
  const [page, setPage] = useState(1);
  const query = useApi(
    ReleaseListDocument,
    { workflowId: workflow.id, first: size, offset: (page - 1) * size },
    { keepPrevious: true },
  );
  const mayRelease = query.data?.workflow?.viewerCanRelease && query.data.workflow.contract?.complete;
  return (
    <Section
      title="Releases"
      intro="Immutable bundles of the contract's components, prompts and models."
      aside={
        mayRelease && (
          <LinkButton
            to={`/workflows/${workflow.id}/releases/new`}
            variant="contained"
            size="small"
            startIcon={<AddIcon />}
          >
            New release
          </LinkButton>
        )
      }
      flush
    >
      <Loaded query={query}>
        {(data) => {
          const releases = data.workflow?.releases;
          if (!releases || releases.totalCount === 0) {
            return (
              <EmptyState>
                {mayRelease
                  ? 'There is no release yet.'
                  : 'There is no release yet. The contract is published first.'}
              </EmptyState>
            );
          }
          return (
            <>
              <RowList label="Releases">
                {releases.nodes.map((release) => (
                  <ReleaseItem key={release.id} release={release} workflowId={workflow.id} />
                ))}
              </RowList>
              <PageTurner page={page} size={size} total={releases.totalCount} onPage={setPage} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function ReleaseItem({ release, workflowId }: { release: ReleaseRowFragment; workflowId: string }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(0,1fr) auto' },
        columnGap: 2,
        rowGap: 0.5,
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
          <TextLink to={`/workflows/${workflowId}/releases/${release.id}`}>
            #{release.number} {release.alias}
          </TextLink>
          <ReleaseMarks release={release} />
        </Box>
        {release.notes && (
          <Typography variant="body2" color="textSecondary">
            {release.notes}
          </Typography>
        )}
      </Box>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ textAlign: { sm: 'right' } }}>
        <Digest value={release.digest} label={`digest of #${release.number}`} />
        <div>
          {release.createdBy.name}, <Age at={release.createdAt} />
        </div>
      </Typography>
    </Box>
  );
}
