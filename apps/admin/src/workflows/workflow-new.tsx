import { z } from 'zod';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { TeamChoicesDocument, WorkflowRegisterDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { useMyTeams } from '../app/use-viewer.js';
import { ActForm } from '../form/act-form.js';
import { CheckInput } from '../form/check-input.js';
import { ChoiceInput } from '../form/choice-input.js';
import { keySchema, keyFrom } from '../form/key-from.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';

interface Values {
  teamId: string;
  name: string;
  key: string;
  description?: string;
  restricted: boolean;
}

const shape = z.object({
  teamId: z.string(),
  name: z.string().trim().min(1).max(200),
  key: keySchema,
  description: z.string().optional(),
  restricted: z.boolean(),
});

export function WorkflowNew() {
  const mine = useMyTeams();
  const every = useApi(TeamChoicesDocument, {}).data?.teams.nodes ?? [];
  const teams = mine.length > 0 ? mine : every;
  const navigate = useNavigate();
  const act = useAct(WorkflowRegisterDocument, 'workflowRegister');
  const form = useForm<Values>({
    defaultValues: { teamId: '', name: '', key: '', description: '', restricted: false },
    resolver: zodResolver(shape),
  });
  const name = useWatch({ control: form.control, name: 'name' });
  return (
    <Page title="Register a workflow" crumbs={[{ label: 'Workflows', to: '/workflows' }]}>
      <Section
        title="One narrow, measurable feature"
        intro="Name the job, not the technology. The contract comes next."
      >
        <ActForm
          form={form}
          act={act}
          submit="Register"
          input={(values) => ({ ...values, description: values.description ?? '' })}
          onDone={({ workflow }) => workflow && void navigate(`/workflows/${workflow.id}/contract`)}
        >
          <ChoiceInput
            name="teamId"
            label="Team"
            choices={teams.map((team) => ({ value: team.id, label: team.name }))}
          />
          <TextInput
            name="name"
            label="Name"
            help="For example: Classify a billing ticket into a routing code"
          />
          <TextInput
            name="key"
            label="Key"
            help={`Without the team's, which is put before it. Never reused.${name ? ` For example: ${keyFrom(name)}` : ''}`}
          />
          <TextInput name="description" label="Description" multiline minRows={2} />
          <CheckInput
            name="restricted"
            label="Restricted"
            help="Only its team, auditors, administrators and organisation-wide responders can see it."
          />
        </ActForm>
      </Section>
    </Page>
  );
}
