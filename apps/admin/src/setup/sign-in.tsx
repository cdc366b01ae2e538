import { useState, type SubmitEvent } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useLogin } from 'react-admin';
import { EntryPage } from './entry-page.js';

/** Sign-in; react-admin leads back to the page that was asked for. */
export function SignIn() {
  const login = useLogin();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    try {
      await login({ email: form.get('email'), password: form.get('password') });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'Signing in failed.');
      setPending(false);
    }
  };
  return (
    <EntryPage title="Sign in">
      <Box component="form" onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 2, mt: 2 }}>
        {problem && (
          <Alert severity="error" role="alert">
            {problem}
          </Alert>
        )}
        <TextField label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" variant="contained" size="large" loading={pending}>
          Sign in
        </Button>
      </Box>
    </EntryPage>
  );
}
