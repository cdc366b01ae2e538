import { useState } from 'react';
import { keyRotate } from '@holdpoint/contract';
import { z } from 'zod';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useForm } from 'react-hook-form';
import { KeyRotateDocument, type KeyRowFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { DateInput } from '../form/date-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { FormDialog } from '../ui/form-dialog.js';
import { daysAhead } from './key-words.js';
import { SecretOnce } from './secret-once.js';

interface Values {
  overlapDays: string;
  expiresAt: string;
}

/** Choices are words in the form and numbers for the server. */
const shape = z.object({ overlapDays: z.string(), expiresAt: keyRotate.shape.expiresAt });

const overlaps = [
  { value: '0', label: 'at once' },
  { value: '1', label: 'after a day' },
  { value: '3', label: 'after 3 days' },
  { value: '7', label: 'after a week' },
];

export function KeyRotateDialog({ apiKey, onClose }: { apiKey: KeyRowFragment; onClose: () => void }) {
  const [secret, setSecret] = useState<{ value: string | null } | null>(null);
  const act = useAct(KeyRotateDocument, 'keyRotate');
  const form = useForm<Values>({
    defaultValues: { overlapDays: '1', expiresAt: daysAhead(90) },
    resolver: zodResolver(shape),
  });
  if (secret) return <SecretOnce name={apiKey.name} secret={secret.value} onClose={onClose} />;
  return (
    <FormDialog title={`Rotate ${apiKey.name}`} onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="Rotate"
        input={({ overlapDays, expiresAt }) => ({
          ...{ keyId: apiKey.id, overlapDays: Number(overlapDays), expiresAt },
        })}
        onDone={(payload) => setSecret({ value: payload.secret })}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <Box>
          A new secret under the same terms. You answer for what is done with it from then on, instead of{' '}
          {apiKey.createdBy.name}.
        </Box>
        <ChoiceInput name="overlapDays" label="The old secret stops" choices={overlaps} />
        <DateInput name="expiresAt" label="The new one ends on" help="At most a year from now" />
      </ActForm>
    </FormDialog>
  );
}
