import { teamUpdate } from '@holdpoint/contract';
import Button from '@mui/material/Button';
import { useForm } from 'react-hook-form';
import { TeamUpdateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { TeamData } from './team-page.js';

interface Values {
  teamId: string;
  expectedRevision: number;
  name: string;
  onCallContact?: string | null;
}

export function TeamEditDialog({ team, onClose }: { team: TeamData; onClose: () => void }) {
  const act = useAct(TeamUpdateDocument, 'teamUpdate');
  const form = useForm<Values>({
    defaultValues: {
      teamId: team.id,
      expectedRevision: team.revision,
      name: team.name,
      onCallContact: team.onCallContact ?? '',
    },
    resolver: zodResolver(teamUpdate),
  });
  return (
    <FormDialog title={`Edit ${team.name}`} onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="Save"
        input={(values) => ({ ...values, onCallContact: values.onCallContact || null })}
        onDone={onClose}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextInput name="name" label="Name" />
        <TextInput name="onCallContact" label="On-call contact" />
      </ActForm>
    </FormDialog>
  );
}
