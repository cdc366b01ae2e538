import { teamCreate } from '@holdpoint/contract';
import Button from '@mui/material/Button';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { TeamCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Values {
  name: string;
  key: string;
  onCallContact?: string;
}

export function TeamDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const act = useAct(TeamCreateDocument, 'teamCreate');
  const form = useForm<Values>({
    defaultValues: { name: '', key: '', onCallContact: '' },
    resolver: zodResolver(teamCreate),
  });
  return (
    <FormDialog title="New team" onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="Create"
        input={(values) => ({ ...values, onCallContact: values.onCallContact || null })}
        onDone={({ team }) => team && void navigate(`/teams/${team.id}`)}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextInput name="name" label="Name" autoFocus />
        <TextInput name="key" label="Key" help="The first half of its workflows' keys" />
        <TextInput name="onCallContact" label="On-call contact" />
      </ActForm>
    </FormDialog>
  );
}
