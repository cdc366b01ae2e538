import { z } from 'zod';
import { useForm, useWatch } from 'react-hook-form';
import type { Act } from '../api/use-act.js';
import { useMyTeams } from '../app/use-viewer.js';
import { ActForm } from './act-form.js';
import { ChoiceInput } from './choice-input.js';
import { keyFrom, keySchema } from './key-from.js';
import { TextInput } from './text-input.js';
import { zodResolver } from './zod-resolver.js';

export interface NamedThing {
  teamId: string;
  key: string;
  name: string;
}

const shape = z.object({ teamId: z.string(), key: keySchema, name: z.string().trim().min(1).max(200) });

/** Team, name and key: all that a prompt or a model config is before its first version. */
export function NamedThingForm<P>({
  act,
  onDone,
}: {
  act: Act<NamedThing, P>;
  onDone: (payload: P) => void;
}) {
  const teams = useMyTeams();
  const form = useForm<NamedThing>({
    defaultValues: { teamId: '', key: '', name: '' },
    resolver: zodResolver(shape),
  });
  const name = useWatch({ control: form.control, name: 'name' });
  return (
    <ActForm form={form} act={act} submit="Create" input={(values) => values} onDone={onDone}>
      <ChoiceInput
        name="teamId"
        label="Team"
        choices={teams.map((team) => ({ value: team.id, label: team.name }))}
      />
      <TextInput name="name" label="Name" />
      <TextInput
        name="key"
        label="Key"
        help={name ? `For example: ${keyFrom(name)}` : 'Unique within the team'}
      />
    </ActForm>
  );
}
