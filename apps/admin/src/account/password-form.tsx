import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useQueryClient } from '@tanstack/react-query';
import { FormAlert } from '../setup/form-alert.js';
import { NewPasswordField } from '../setup/new-password-field.js';
import { useSubmit } from '../setup/use-submit.js';
import { Section } from '../ui/section.js';
import { accountKey, changePassword } from './account-api.js';

const fields = ['currentPassword', 'newPassword'];

/** One's own new password; whoever is signed in elsewhere under this account is signed out. */
export function PasswordForm({ email }: { email: string }) {
  const queries = useQueryClient();
  const [done, setDone] = useState(false);
  const form = useSubmit(async ({ currentPassword = '', newPassword = '' }, element) => {
    setDone(false);
    await changePassword(currentPassword, newPassword);
    element.reset();
    setDone(true);
    await queries.invalidateQueries({ queryKey: accountKey });
  });
  const wrong = form.named('currentPassword');
  return (
    <Section title="Password" intro="A new password ends your other sessions.">
      <Box component="form" onSubmit={form.submit} sx={{ display: 'grid', gap: 2, maxWidth: 420 }}>
        {done && (
          <Alert severity="success" role="status">
            The password is changed; your other sessions have ended.
          </Alert>
        )}
        <FormAlert messages={form.others(fields)} />
        {/* So that a password manager knows whose password this is. */}
        <input type="text" name="username" value={email} autoComplete="username" readOnly hidden />
        <TextField
          id="currentPassword"
          label="Password you have now"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          error={wrong !== undefined}
          helperText={wrong}
        />
        <NewPasswordField name="newPassword" label="New password" error={form.named('newPassword')} />
        <Box>
          <Button type="submit" variant="contained" loading={form.pending}>
            Change the password
          </Button>
        </Box>
      </Box>
    </Section>
  );
}
