import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { RetirePageDocument, WorkflowRetireDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { counted } from '../live/live-words.js';
import { ReasonDialog } from '../rollbacks/reason-dialog.js';
import { Age } from '../ui/age.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { RetireAskers } from './retire-askers.js';

/** Who still asks for a workflow, what would end with it, and the act. */
export function RetireScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(RetirePageDocument, { id: workflow.id });
  const [asking, setAsking] = useState(false);
  const nameOf = (key: string) => workflow.stages.find((stage) => stage.key === key)?.current.name ?? key;
  const stages = (keys: readonly string[]) => keys.map(nameOf).join(', ') || null;
  return (
    <Loaded query={query}>
      {({ retirePreview: preview }) =>
        preview ? (
          <>
            <TextLink to={`/workflows/${workflow.id}/live`} sx={{ display: 'inline-block', mb: 1 }}>
              All that is live
            </TextLink>
            <RetireAskers askedBy={preview.askedBy} lastRequestAt={preview.lastRequestAt} />
            <Section
              title="Retire"
              intro="For good: the workflow answers as unknown, its key is never used again, and its history stays."
            >
              <Facts
                facts={[
                  ['Live no more in', stages(preview.endingStages) ?? 'No stage holds a release'],
                  ['Still served in', stages(preview.servingStages) ?? 'No stage'],
                  ['Promotions withdrawn', preview.openPromotions],
                  ['Duties that end', preview.duties],
                  ['Keys revoked', preview.keys.join(', ') || 'None reaches only this workflow'],
                ]}
              />
              {workflow.retiredAt ? (
                <Alert severity="info" sx={{ mt: 2 }}>
                  Retired <Age at={workflow.retiredAt} />.
                </Alert>
              ) : (
                <>
                  <Alert severity={preview.allowed ? 'info' : 'warning'} sx={{ my: 2 }}>
                    {preview.whyNot ?? preview.notes.map((note) => <div key={note}>{note}</div>)}
                    {!preview.viewerCanRetire &&
                      ` Reviewers of ${workflow.team.name} and administrators retire it.`}
                  </Alert>
                  {preview.viewerCanRetire && (
                    <Button
                      variant="outlined"
                      color="error"
                      disabled={!preview.allowed}
                      onClick={() => setAsking(true)}
                    >
                      Retire it
                    </Button>
                  )}
                </>
              )}
            </Section>
            {asking && (
              <RetireDialog
                workflow={workflow}
                instances={preview.askedBy.reduce((sum, one) => sum + one.instances, 0)}
                onClose={() => setAsking(false)}
              />
            )}
          </>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

interface DialogProps {
  workflow: WorkflowHeader;
  instances: number;
  onClose: () => void;
}

function RetireDialog({ workflow, instances, onClose }: DialogProps) {
  const act = useAct(WorkflowRetireDocument, 'workflowRetire');
  const asked =
    instances === 0
      ? 'Nobody asked for it within 14 days.'
      : `${counted(instances, 'instance')} asked for it within 14 days; whoever fetches it then will be told that it is unknown.`;
  return (
    <ReasonDialog
      title={`Retire ${workflow.name}?`}
      about={`There is no way back. ${asked}`}
      confirm="Retire it for good"
      label="Why it is no longer needed"
      pending={act.pending}
      problems={act.problems}
      onClose={onClose}
      onConfirm={(reason) =>
        void act.run({ workflowId: workflow.id, reason }).then((done) => done && onClose())
      }
    />
  );
}
