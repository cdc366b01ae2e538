import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useSearchParams } from 'react-router-dom';
import { createFirstAdministrator, signInAndStart } from '../app/session.js';
import { EntryPage } from './entry-page.js';
import { FormAlert } from './form-alert.js';
import { NewPasswordField } from './new-password-field.js';
import { useSubmit } from './use-submit.js';

const fields = ['name', 'email', 'password'];

/** Opened once, from the link that the first start prints. */
export function FirstAdministrator() {
  const token = useSearchParams()[0].get('token');
  const form = useSubmit(async ({ name = '', email = '', password = '' }) => {
    await createFirstAdministrator({ token: token ?? '', name, email, password });
    await signInAndStart(email, password);
  });
  const errorOf = (field: string) => {
    const message = form.named(field);
    return { error: message !== undefined, helperText: message };
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
      <Box component="form" onSubmit={form.submit} sx={{ display: 'grid', gap: 2 }}>
        <FormAlert messages={form.others(fields)} />
        <TextField
          id="name"
          label="Your name"
          name="name"
          autoComplete="name"
          required
          {...errorOf('name')}
        />
        <TextField
          id="email"
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          {...errorOf('email')}
        />
        <NewPasswordField name="password" label="Password" error={form.named('password')} />
        <Button type="submit" variant="contained" size="large" loading={form.pending}>
          Create the administrator
        </Button>
      </Box>
    </EntryPage>
  );
}
