import Alert from '@mui/material/Alert';
import { useSearchParams } from 'react-router-dom';
import { ReleaseFormDocument, StepChoicesDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { ReleaseForm } from './release-form.js';

/** A new release from the published contract, and from another release when `?from=` names one; `?prompt=` names a version to pin. */
export function ReleaseNewScreen({ workflow }: { workflow: WorkflowHeader }) {
  const [search] = useSearchParams();
  const query = useApi(ReleaseFormDocument, { workflowId: workflow.id });
  const choices = useApi(StepChoicesDocument, {});
  return (
    <Section
      title="New release"
      intro="Pins the published contract, a prompt version and a model version for every step."
    >
      <Loaded query={query}>
        {(data) =>
          data.workflow?.contract?.complete ? (
            <Loaded query={choices}>
              {(steps) =>
                data.workflow && (
                  <ReleaseForm
                    workflow={data.workflow}
                    choices={steps}
                    from={search.get('from')}
                    promptVersionId={search.get('prompt')}
                  />
                )
              }
            </Loaded>
          ) : (
            <Alert
              severity="info"
              action={<LinkButton to={`/workflows/${workflow.id}/contract`}>Write the contract</LinkButton>}
            >
              The contract is not published yet.
            </Alert>
          )
        }
      </Loaded>
    </Section>
  );
}
