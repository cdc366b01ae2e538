import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** A list of sentences, one a line. */
export function LinesInput({ name, label, help, required }: FieldProps) {
  const { field, fieldState } = useController({ name });
  const value = Array.isArray(field.value) ? (field.value as string[]) : [];
  const [text, setText] = useState(value.join('\n'));
  const shown = linesOf(text).join('\n') === value.join('\n') ? text : value.join('\n');
  return (
    <TextField
      id={name}
      label={label}
      multiline
      minRows={2}
      maxRows={12}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        field.onChange(linesOf(event.target.value));
      }}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={Boolean(fieldState.error)}
      helperText={listMessage(fieldState.error) ?? help ?? 'One a line'}
      required={required}
    />
  );
}

/** The first message of a list: of the whole, or of one of its lines. */
export function listMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { message, root, ...rows } = error as { message?: string; root?: { message?: string } };
  return (
    root?.message ??
    message ??
    listMessage(Object.values(rows).find((row) => typeof row === 'object' && row !== null))
  );
}
