import { useState } from 'react';
import { oidcProblems, type OidcProblemCode } from '@holdpoint/contract';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import TextField from '@mui/material/TextField';
import { useLogin } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { providerAddress, signInMethods } from '../app/session.js';
import { EntryPage } from './entry-page.js';
import { FormAlert } from './form-alert.js';
import { useAskedPage } from './use-asked-page.js';
import { useSignedInElsewhere } from './use-signed-in-elsewhere.js';
import { useSubmit } from './use-submit.js';

/** Sign-in, by the identity provider or by password; both lead back to the page that was asked for. */
export function SignIn() {
  const login = useLogin();
  const to = useAskedPage();
  const problem = useSearchParams()[0].get('problem');
  useSignedInElsewhere(to);
  const [tried, setTried] = useState(false);
  const { data: methods } = useQuery({
    queryKey: ['sign-in methods'],
    queryFn: signInMethods,
    retry: true,
    retryDelay: 2000,
  });
  const form = useSubmit(async ({ email, password }) => {
    setTried(true);
    await login({ email, password }, to);
  });
  const messages = tried || problem === null ? form.others([]) : [wordsOf(problem)];
  return (
    <EntryPage title="Sign in">
      <Box sx={{ display: 'grid', gap: 2, mt: 2 }}>
        <FormAlert messages={messages} />
        {methods?.oidc && (
          <>
            <Button href={providerAddress(to)} variant="contained" size="large">
              Sign in with {methods.oidc.name}
            </Button>
            <Divider sx={{ fontSize: '0.875rem', color: 'text.secondary' }}>or with a password</Divider>
          </>
        )}
        <Box component="form" onSubmit={form.submit} sx={{ display: 'grid', gap: 2 }}>
          <TextField label="Email" name="email" type="email" autoComplete="username" required autoFocus />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
          <Button
            type="submit"
            variant={methods?.oidc ? 'outlined' : 'contained'}
            size="large"
            loading={form.pending}
          >
            Sign in
          </Button>
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
          Forgotten the password? An administrator can make you a link for a new one.
        </Box>
      </Box>
    </EntryPage>
  );
}

function wordsOf(problem: string): string {
  const known = Object.hasOwn(oidcProblems, problem);
  return oidcProblems[known ? (problem as OidcProblemCode) : 'failed'];
}
