import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

/** A day, kept as the instant at which it begins in UTC, which is what the server's schemas ask for. */
export function DateInput({ name, label, help, required }: FieldProps) {
  const { field, fieldState } = useController({ name });
  const value = field.value as string | null | undefined;
  return (
    <TextField
      id={name}
      type="date"
      label={label}
      value={value ? value.slice(0, 10) : ''}
      onChange={(event) => field.onChange(event.target.value ? `${event.target.value}T00:00:00.000Z` : null)}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? help}
      required={required}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
