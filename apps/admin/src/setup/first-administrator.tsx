import { useState, type SubmitEvent } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useLogin } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { createFirstAdministrator } from '../app/session.js';
import { EntryPage } from './entry-page.js';

/** Opened once, from the link that the first start prints. */
export function FirstAdministrator() {
  const token = useSearchParams()[0].get('token');
  const login = useLogin();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.currentTarget)) as Record<
      'name' | 'email' | 'password',
      string
    >;
    setPending(true);
    setProblem(null);
    try {
      await createFirstAdministrator({ token: token ?? '', ...form });
      await login({ email: form.email, password: form.password }, '/');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'This did not work.');
      setPending(false);
    }
  };
  if (!token) {
    return (
      <EntryPage title="First administrator">
        <Alert severity="warning">
          Open the whole link that the server printed at its first start; it carries a token.
        </Alert>
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="First administrator"
      intro="The link works once. Whoever uses it may invite the others."
    >
      <Box component="form" onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 2 }}>
        {problem && (
          <Alert severity="error" role="alert">
            {problem}
          </Alert>
        )}
        <TextField label="Your name" name="name" autoComplete="name" required />
        <TextField label="Email" name="email" type="email" autoComplete="username" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          helperText="At least 12 characters"
          slotProps={{ htmlInput: { minLength: 12 } }}
        />
        <Button type="submit" variant="contained" size="large" loading={pending}>
          Create the administrator
        </Button>
      </Box>
    </EntryPage>
  );
}
