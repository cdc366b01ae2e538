import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { StageDefinition } from '@holdpoint/contract';
import { StagesPageDocument, type StagesPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Age } from '../ui/age.js';
import { Facts } from '../ui/facts.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { AdoptDialog } from './adopt-dialog.js';
import { PendingRevisions } from './pending-revisions.js';
import { stageFacts } from './stage-facts.js';

type Stage = NonNullable<StagesPageQuery['workflow']>['stages'][number];

/** The rollout: each stage's audience, soak and caps, and what is live there. */
export function StagesScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(StagesPageDocument, { workflowId: workflow.id });
  const [adopting, setAdopting] = useState(false);
  return (
    <Loaded query={query}>
      {(data) =>
        data.workflow && (
          <>
            {data.workflow.viewerCanAdopt &&
              !data.workflow.adoption &&
              data.workflow.releases.nodes.length > 0 && (
                <Alert
                  severity="info"
                  sx={{ mb: 2 }}
                  action={<Button onClick={() => setAdopting(true)}>Adopt</Button>}
                >
                  Was this workflow live before it came here? Record it once as live and ungated; its missing
                  checks become dated debts.
                </Alert>
              )}
            {data.workflow.stages.map((stage) => (
              <StageItem key={stage.key} stage={stage} workflowId={workflow.id} />
            ))}
            {adopting && (
              <AdoptDialog
                workflowId={workflow.id}
                releases={data.workflow.releases.nodes}
                stages={data.workflow.stages.map(({ key, current }) => ({ key, name: current.name }))}
                onClose={() => setAdopting(false)}
              />
            )}
          </>
        )
      }
    </Loaded>
  );
}

function StageItem({ stage, workflowId }: { stage: Stage; workflowId: string }) {
  return (
    <Section
      title={stage.current.name}
      aside={
        <LinkButton
          to={`/workflows/${workflowId}/stages/${stage.key}`}
          size="small"
          aria-label={`Definition and history of ${stage.current.name}`}
        >
          Definition and history
        </LinkButton>
      }
    >
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <PendingRevisions revisions={stage.pending} current={stage.current} />
        <Facts
          facts={[
            [
              'Live',
              stage.occupant ? (
                <>
                  #{stage.occupant.release.number} {stage.occupant.release.alias}, since{' '}
                  <Age at={stage.occupant.from} /> ({stage.occupant.origin})
                </>
              ) : (
                'Nothing'
              ),
            ],
            ...stageFacts(stage.current.definition as StageDefinition),
          ]}
        />
      </Box>
    </Section>
  );
}
