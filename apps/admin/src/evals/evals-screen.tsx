import { useState } from 'react';
import Box from '@mui/material/Box';
import { EvalsPageDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { PageTurner } from '../ui/page-turner.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { RunRows } from './run-rows.js';
import { SuiteSection } from './suite-section.js';
import { UploadSection } from './upload-section.js';

const size = 20;

/** What is measured, the import of results, and the runs so far. */
export function EvalsScreen({ workflow }: { workflow: WorkflowHeader }) {
  const [page, setPage] = useState(1);
  const query = useApi(
    EvalsPageDocument,
    { workflowId: workflow.id, first: size, offset: (page - 1) * size },
    { keepPrevious: true },
  );
  return (
    <Loaded query={query}>
      {(data) =>
        data.workflow && (
          <Box
            sx={{
              display: 'grid',
              alignItems: 'start',
              columnGap: 2,
              gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 400px' },
            }}
          >
            <Section title="Runs" flush>
              {data.workflow.evalRuns.totalCount === 0 ? (
                <EmptyState>No results yet. Import a result file, or send runs from CI.</EmptyState>
              ) : (
                <>
                  <RunRows runs={data.workflow.evalRuns.nodes} workflowId={workflow.id} />
                  <PageTurner
                    page={page}
                    size={size}
                    total={data.workflow.evalRuns.totalCount}
                    onPage={setPage}
                  />
                </>
              )}
            </Section>
            <div>
              <SuiteSection
                workflowId={workflow.id}
                suites={data.workflow.evalSuites}
                editable={data.workflow.viewerCanEdit}
              />
              {data.workflow.viewerCanImportEvals && <UploadSection workflow={data.workflow} />}
            </div>
          </Box>
        )
      }
    </Loaded>
  );
}
