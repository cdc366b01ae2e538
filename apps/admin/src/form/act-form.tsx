import { useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { FormProvider, type FieldValues, type UseFormReturn } from 'react-hook-form';
import type { ProblemFragment } from '../api/generated/documents.js';
import type { Act } from '../api/use-act.js';
import { ProblemList } from '../ui/problem-list.js';
import { applyProblems } from './apply-problems.js';
import { unreadableFields } from './not-json.js';

interface Props<T extends FieldValues, I, P> {
  form: UseFormReturn<T>;
  act: Act<I, P>;
  input: (values: T) => I;
  onDone: (payload: P) => void;
  submit: string;
  children: ReactNode;
  /** Beside the submit button. */
  aside?: ReactNode;
}

/** A form for one act: validates, sends, puts refusals at their fields and the rest above the button. */
export function ActForm<T extends FieldValues, I, P>({
  form,
  act,
  input,
  onDone,
  submit,
  children,
  aside,
}: Props<T, I, P>) {
  const [others, setOthers] = useState<ProblemFragment[]>([]);
  const [problems, setProblems] = useState(act.problems);
  if (problems !== act.problems) {
    setProblems(act.problems);
    setOthers(applyProblems(form, act.problems));
  }
  const send = form.handleSubmit(
    async (values) => {
      setOthers([]);
      const payload = await act.run(input(values));
      if (payload) onDone(payload);
    },
    () =>
      setOthers(
        unreadableFields(form.getValues()).map(({ label, message }) => ({
          ...{ code: 'INVALID_INPUT', field: null },
          message: `Nothing is saved before this is corrected. ${label}: ${message}`,
        })),
      ),
  );
  return (
    <FormProvider {...form}>
      <Box
        component="form"
        noValidate
        onSubmit={(event) => void send(event)}
        sx={{ display: 'grid', gap: 2 }}
      >
        {children}
        <ProblemList problems={others} />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Button type="submit" variant="contained" loading={act.pending}>
            {submit}
          </Button>
          {aside}
        </Box>
      </Box>
    </FormProvider>
  );
}
