import { passwordLength } from '@holdpoint/contract';
import TextField from '@mui/material/TextField';

interface Props {
  name: string;
  label: string;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** A password that is being chosen. Nothing is asked of it but its length; what is guessed first the server refuses. */
export function NewPasswordField({ name, label, error, autoFocus = false }: Props) {
  const rule = `At least ${String(passwordLength.least)} characters; a sentence is easy to remember. Any characters will do.`;
  return (
    <TextField
      id={name}
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      required
      autoFocus={autoFocus}
      error={error !== undefined}
      helperText={error ?? rule}
    />
  );
}
