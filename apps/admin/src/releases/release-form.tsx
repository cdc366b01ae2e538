import { z } from 'zod';
import { releaseAlias, releaseStepInput } from '@holdpoint/contract';
import Typography from '@mui/material/Typography';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import {
  ReleaseCreateDocument,
  type ReleaseFormQuery,
  type StepChoicesQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { modelChoices, promptChoices } from './step-choices.js';

interface Values {
  alias?: string;
  parentReleaseId?: string | null;
  notes?: string;
  steps: { name: string; promptVersionId: string; modelConfigVersionId: string }[];
}

const shape = z.object({
  alias: releaseAlias.optional(),
  parentReleaseId: z.string().optional(),
  notes: z.string().max(10_000).optional(),
  steps: z.array(releaseStepInput).min(1, 'A release needs at least one step'),
});

interface Props {
  workflow: NonNullable<ReleaseFormQuery['workflow']>;
  choices: StepChoicesQuery;
  from: string | null;
  /** Pinned in place of the other versions of its prompt. */
  promptVersionId: string | null;
}

export function ReleaseForm({ workflow, choices, from, promptVersionId }: Props) {
  const navigate = useNavigate();
  const act = useAct(ReleaseCreateDocument, 'releaseCreate');
  const parent = workflow.releases.nodes.find((release) => release.id === from) ?? workflow.releases.nodes[0];
  const offered = choices.prompts.nodes.find(({ versions }) =>
    versions.nodes.some(({ id }) => id === promptVersionId),
  );
  const form = useForm<Values>({
    defaultValues: {
      alias: '',
      parentReleaseId: parent?.id ?? '',
      notes: '',
      steps: parent?.steps.map((step) => ({
        name: step.name,
        promptVersionId:
          promptVersionId !== null && step.promptVersion.prompt.id === offered?.id
            ? promptVersionId
            : step.promptVersion.id,
        modelConfigVersionId: step.modelConfigVersion.id,
      })) ?? [{ name: 'main', promptVersionId: '', modelConfigVersionId: '' }],
    },
    resolver: zodResolver(shape),
  });
  return (
    <ActForm
      form={form}
      act={act}
      submit="Make the release"
      input={(values) => ({
        workflowId: workflow.id,
        alias: values.alias || null,
        parentReleaseId: values.parentReleaseId || null,
        notes: values.notes ?? '',
        steps: values.steps,
      })}
      onDone={({ release }) => release && void navigate(`/workflows/${workflow.id}/releases/${release.id}`)}
    >
      <Typography variant="body2">Contract components: {componentText(workflow)}.</Typography>
      <Columns>
        <ChoiceInput
          name="parentReleaseId"
          label="Made from"
          none="Nothing: a new line"
          choices={workflow.releases.nodes.map((release) => ({
            value: release.id,
            label: `#${release.number} ${release.alias}${release.liveIn.length > 0 ? ` (live in ${release.liveIn.map(wordOfStage).join(', ')})` : ''}`,
          }))}
          help="A release that does not come from what is live is behind it, and cannot be promoted."
        />
        <TextInput name="alias" label="Alias" help="A name that people say; left blank, one is made." />
      </Columns>
      <RowFields
        name="steps"
        label="Steps"
        row="Step"
        blank={{ name: '', promptVersionId: '', modelConfigVersionId: '' }}
      >
        {(path) => (
          <Columns min={220}>
            <TextInput name={`${path}.name`} label="Name" />
            <ChoiceInput
              name={`${path}.promptVersionId`}
              label="Prompt version"
              choices={promptChoices(choices)}
            />
            <ChoiceInput
              name={`${path}.modelConfigVersionId`}
              label="Model version"
              choices={modelChoices(choices)}
            />
          </Columns>
        )}
      </RowFields>
      <TextInput name="notes" label="Notes" multiline minRows={2} />
    </ActForm>
  );
}

function componentText(workflow: Props['workflow']): string {
  const { contract } = workflow;
  const kinds = ['core', 'output', 'retrieval', 'tools', 'budgets'] as const;
  return kinds.flatMap((kind) => (contract?.[kind] ? [`${kind} ${contract[kind].number}`] : [])).join(', ');
}
