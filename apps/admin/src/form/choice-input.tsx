import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

export interface Choice {
  value: string;
  label: string;
}

interface Props extends FieldProps {
  choices: Choice[];
  /** The word for no choice; without it one must be made. */
  none?: string;
}

export function ChoiceInput({ name, label, help, required, choices, none }: Props) {
  const { field, fieldState } = useController({ name });
  const value = (field.value as string | null | undefined) ?? '';
  const known = value === '' || choices.some((choice) => choice.value === value);
  return (
    <TextField
      id={name}
      select
      label={label}
      value={known ? value : ''}
      onChange={(event) => field.onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? help}
      required={required}
    >
      {none !== undefined && <MenuItem value="">{none}</MenuItem>}
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
