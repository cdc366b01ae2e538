import { passwordLength, userCreate } from '@holdpoint/contract';
import Button from '@mui/material/Button';
import { useForm } from 'react-hook-form';
import { UserCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Values {
  name: string;
  email: string;
  password: string;
}

export function PersonDialog({ onClose }: { onClose: () => void }) {
  const act = useAct(UserCreateDocument, 'userCreate');
  const form = useForm<Values>({
    defaultValues: { name: '', email: '', password: '' },
    resolver: zodResolver(userCreate),
  });
  return (
    <FormDialog title="New person" onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="Create"
        input={(values) => values}
        onDone={onClose}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextInput name="name" label="Name" autoFocus />
        <TextInput name="email" label="Email" type="email" />
        <TextInput
          name="password"
          label="First password"
          type="password"
          autoComplete="new-password"
          help={`At least ${String(passwordLength.least)} characters. Hand it over in person, or make a link later.`}
        />
      </ActForm>
    </FormDialog>
  );
}
