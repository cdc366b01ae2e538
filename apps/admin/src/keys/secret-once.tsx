import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { CopyText } from '../ui/copy-text.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Props {
  name: string;
  secret: string | null;
  onClose: () => void;
}

/** The one time a key's secret is on a screen. Closing takes a button: a stray click would lose it. */
export function SecretOnce({ name, secret, onClose }: Props) {
  return (
    <FormDialog title={`Secret of ${name}`} onClose={() => undefined}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {secret === null ? (
          <Alert severity="warning">
            This was made by an earlier request, and its secret was shown then. Revoke it and make another.
          </Alert>
        ) : (
          <>
            <Alert severity="info">
              Shown this once and kept nowhere. Put it where secrets are kept before you close this.
            </Alert>
            <CopyText label="Secret" text={secret} />
            <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
              It is sent as <code>Authorization: Bearer …</code>; CI adds who committed as{' '}
              <code>X-Holdpoint-Committer</code>.
            </Box>
          </>
        )}
        <Box>
          <Button variant="contained" onClick={onClose}>
            I have put it away
          </Button>
        </Box>
      </Box>
    </FormDialog>
  );
}
