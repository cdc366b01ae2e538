import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

interface Props extends FieldProps {
  multiline?: boolean;
  minRows?: number;
  type?: 'text' | 'email' | 'password' | 'url' | 'date';
  monospace?: boolean;
  autoFocus?: boolean;
  autoComplete?: string;
  placeholder?: string;
}

export function TextInput({
  name,
  label,
  help,
  required,
  multiline,
  minRows,
  type,
  monospace,
  autoFocus,
  autoComplete,
  placeholder,
}: Props) {
  const { field, fieldState } = useController({ name });
  return (
    <TextField
      id={name}
      label={label}
      value={(field.value as string | null | undefined) ?? ''}
      onChange={field.onChange}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? help}
      required={required}
      multiline={multiline}
      minRows={minRows}
      maxRows={24}
      type={type}
      placeholder={placeholder}
      autoComplete={autoComplete ?? 'off'}
      autoFocus={autoFocus}
      slotProps={{
        input: monospace ? { sx: { fontFamily: 'monospace', fontSize: '0.8125rem' } } : undefined,
        inputLabel: type === 'date' ? { shrink: true } : undefined,
      }}
    />
  );
}
