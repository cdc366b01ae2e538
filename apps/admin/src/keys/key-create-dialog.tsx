import { useState } from 'react';
import { keyCreate } from '@holdpoint/contract';
import Button from '@mui/material/Button';
import { useForm, useWatch } from 'react-hook-form';
import { KeyCreateDocument, KeyPlacesDocument, type KeyKind } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { DateInput } from '../form/date-input.js';
import { SetInput } from '../form/set-input.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { FormDialog } from '../ui/form-dialog.js';
import { daysAhead, kindWords, scopeChoices } from './key-words.js';
import { SecretOnce } from './secret-once.js';

interface Values {
  name: string;
  kind: KeyKind;
  environment: string;
  scopes: string[];
  teamIds: string[];
  workflowIds: string[];
  expiresAt: string;
}

/** @param teamId where it is opened from a team's page: the team that the key is most likely for. */
export function KeyCreateDialog({ teamId = null, onClose }: { teamId?: string | null; onClose: () => void }) {
  const [made, setMade] = useState<{ name: string; secret: string | null } | null>(null);
  const places = useApi(KeyPlacesDocument, {});
  const act = useAct(KeyCreateDocument, 'keyCreate');
  const form = useForm<Values>({
    defaultValues: {
      ...{ name: '', kind: 'service', environment: 'production', scopes: [] },
      ...{ teamIds: teamId ? [teamId] : [], workflowIds: [], expiresAt: daysAhead(90) },
    },
    resolver: zodResolver(keyCreate),
  });
  const chosen = useWatch({ control: form.control, name: 'teamIds' });
  if (made) return <SecretOnce {...made} onClose={onClose} />;
  const own = places.data?.teams.nodes.filter((team) => team.viewerCanManageKeys) ?? [];
  const apart = own.filter((team) => !chosen.includes(team.id)).map((team) => team.id);
  const single = (places.data?.workflows.nodes ?? [])
    .filter((workflow) => apart.includes(workflow.team.id))
    .map(({ id, fullKey }) => ({ value: id, label: fullKey }));
  return (
    <FormDialog title="New API key" onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="Create"
        input={(values) => values}
        onDone={({ key, secret }) => setMade({ name: key?.name ?? '', secret })}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextInput name="name" label="What uses it" help="Such as: CI of the support repository" autoFocus />
        <Columns min={150}>
          <ChoiceInput
            name="kind"
            label="Acts as"
            choices={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          />
          <TextInput name="environment" label="Environment" help="Only production has stages" />
        </Columns>
        <SetInput name="scopes" label="It may" choices={scopeChoices} />
        <p>
          What it writes counts as written by you: you cannot approve promotions that bring it in. A key for
          CI is best made by somebody who does not review.
        </p>
        <SetInput
          name="teamIds"
          label="For all workflows, prompts and models of"
          choices={own.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {single.length > 0 && (
          <SetInput name="workflowIds" label="And for these workflows alone" choices={single} />
        )}
        <DateInput name="expiresAt" label="Ends on" help="At most a year from now" />
      </ActForm>
    </FormDialog>
  );
}
