import { useId } from 'react';
import { z } from 'zod';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { EvalSuiteCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { keySchema } from '../form/key-from.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';

interface Values {
  name: string;
  key: string;
}
const shape = z.object({ name: z.string().trim().min(1).max(200), key: keySchema });

export function SuiteDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const titleId = useId();
  const navigate = useNavigate();
  const act = useAct(EvalSuiteCreateDocument, 'evalSuiteCreate');
  const form = useForm<Values>({ defaultValues: { name: '', key: '' }, resolver: zodResolver(shape) });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <DialogTitle id={titleId}>New suite</DialogTitle>
      <DialogContent>
        <Box sx={{ pt: 1 }}>
          <ActForm
            form={form}
            act={act}
            submit="Create"
            input={(values) => ({ workflowId, ...values })}
            onDone={({ evalSuite }) =>
              evalSuite && void navigate(`/workflows/${workflowId}/evals/suites/${evalSuite.id}`)
            }
            aside={<Button onClick={onClose}>Cancel</Button>}
          >
            <TextInput name="name" label="Name" autoFocus />
            <TextInput name="key" label="Key" help="Used by CI to name the suite" />
          </ActForm>
        </Box>
      </DialogContent>
    </Dialog>
  );
}
