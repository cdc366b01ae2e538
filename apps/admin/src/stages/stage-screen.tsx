import { stageDefinition, type StageDefinition } from '@holdpoint/contract';
import { z } from 'zod';
import { useNotify } from 'react-admin';
import { useForm } from 'react-hook-form';
import { useParams } from 'react-router-dom';
import {
  StageReviseDocument,
  StagesPageDocument,
  type RevisionFragment,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { ActForm } from '../form/act-form.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { PendingRevisions } from './pending-revisions.js';
import { StageFields } from './stage-fields.js';
import { stageFacts } from './stage-facts.js';
import { StageHistorySections } from './stage-history.js';

interface Values {
  definition: StageDefinition;
  reason: string;
}

const shape = z.object({ definition: stageDefinition, reason: z.string().trim().min(1) });

/** One stage: its definition, a new revision of it, and what it served when. */
export function StageScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { stageKey = '' } = useParams();
  const query = useApi(StagesPageDocument, { workflowId: workflow.id });
  return (
    <Loaded query={query}>
      {(data) => {
        const stage = data.workflow?.stages.find(({ key }) => key === stageKey);
        if (!stage) return <NotFound />;
        return (
          <>
            <Section title={`${stage.current.name}, revision ${stage.current.revision}`}>
              <PendingRevisions revisions={stage.pending} current={stage.current} />
              <Facts facts={stageFacts(stage.current.definition as StageDefinition)} />
            </Section>
            {data.workflow?.viewerCanRelease && (
              <ReviseForm
                key={stage.current.id}
                workflowId={workflow.id}
                stageKey={stageKey}
                current={stage.current}
                pending={stage.pending}
              />
            )}
            <StageHistorySections workflowId={workflow.id} stageKey={stageKey} />
          </>
        );
      }}
    </Loaded>
  );
}

interface ReviseProps {
  workflowId: string;
  stageKey: string;
  current: RevisionFragment;
  pending: RevisionFragment[];
}

function ReviseForm({ workflowId, stageKey, current, pending }: ReviseProps) {
  const notify = useNotify();
  const act = useAct(StageReviseDocument, 'stageRevise');
  const form = useForm<Values>({
    defaultValues: { definition: current.definition as StageDefinition, reason: '' },
    resolver: zodResolver(shape),
  });
  const latest = Math.max(current.revision, ...pending.map((revision) => revision.revision));
  return (
    <Section
      title="Revise this stage"
      intro="Narrowing takes effect at once. Widening takes effect with a promotion through the stage's gates; taking a check away needs a second person."
    >
      <ActForm
        form={form}
        act={act}
        submit="Save a new revision"
        input={({ definition, reason }) => ({
          workflowId,
          stageKey,
          expectedRevision: latest,
          definition,
          reason,
        })}
        onDone={() => {
          notify('Revision saved.', { type: 'success' });
          form.reset(form.getValues());
        }}
      >
        <StageFields />
        <TextInput name="reason" label="Why" />
      </ActForm>
    </Section>
  );
}
