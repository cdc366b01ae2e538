import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useLocation } from 'react-router-dom';
import { resetPassword, signInAndStart } from '../app/session.js';
import { EntryPage } from './entry-page.js';
import { FormAlert } from './form-alert.js';
import { NewPasswordField } from './new-password-field.js';
import { useSubmit } from './use-submit.js';

/** Opened once, from the link that an administrator made. Its secret comes after `#`, which no server is sent. */
export function ResetPassword() {
  const [token] = useState(useLocation().hash.slice(1));
  const form = useSubmit(async ({ password = '' }) => {
    const email = await resetPassword(token, password);
    await signInAndStart(email, password);
  });
  if (!token) {
    return (
      <EntryPage title="New password">
        <Alert severity="warning">Open the whole link that you were given; it carries a secret.</Alert>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="New password" intro="The link works once. You are signed out everywhere else.">
      <Box component="form" onSubmit={form.submit} sx={{ display: 'grid', gap: 2 }}>
        <FormAlert messages={form.others(['password'])} />
        <NewPasswordField name="password" label="New password" error={form.named('password')} autoFocus />
        <Button type="submit" variant="contained" size="large" loading={form.pending}>
          Set the password
        </Button>
      </Box>
    </EntryPage>
  );
}
