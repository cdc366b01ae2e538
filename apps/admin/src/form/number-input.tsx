import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

/** A number, or nothing. What is typed stays until it reads as a number. */
export function NumberInput({ name, label, help, required }: FieldProps) {
  const { field, fieldState } = useController({ name });
  const value = field.value as number | string | null | undefined;
  return (
    <TextField
      id={name}
      label={label}
      value={value ?? ''}
      onChange={(event) => {
        const text = event.target.value.replace(',', '.');
        field.onChange(text === '' ? null : String(Number(text)) === text ? Number(text) : text);
      }}
      onBlur={() => {
        if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
          field.onChange(Number(value));
        field.onBlur();
      }}
      inputRef={field.ref}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? help}
      required={required}
      autoComplete="off"
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  );
}
