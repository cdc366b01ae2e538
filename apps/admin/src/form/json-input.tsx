import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';
import { NotJson } from './not-json.js';

const print = (value: unknown) =>
  value === undefined || value === null ? '' : JSON.stringify(value, null, 2);

/** The value; a `NotJson` with what is wrong with the text where it is none. */
function parseJson(text: string, label: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    return new NotJson(text, label, error instanceof Error ? error.message : 'this is not JSON');
  }
}

/** JSON as text. While it is not JSON the form holds that instead of an older value, so that nothing is sent. */
export function JsonInput({ name, label, help, required, minRows = 8 }: FieldProps & { minRows?: number }) {
  const { field, fieldState } = useController({ name });
  const value: unknown = field.value;
  const [text, setText] = useState(() => print(value));
  const same = JSON.stringify(parseJson(text, label)) === JSON.stringify(value ?? null);
  const shown = value instanceof NotJson ? value.text : same ? text : print(value);
  const message = value instanceof NotJson ? value.message : fieldState.error?.message;
  return (
    <TextField
      id={name}
      label={label}
      multiline
      minRows={minRows}
      maxRows={30}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        field.onChange(parseJson(event.target.value, label));
      }}
      onBlur={() => {
        if (!(value instanceof NotJson)) setText(print(value));
        field.onBlur();
      }}
      inputRef={field.ref}
      error={Boolean(message)}
      helperText={message ?? help}
      required={required}
      slotProps={{
        input: { sx: { fontFamily: 'monospace', fontSize: '0.8125rem' } },
        htmlInput: { spellCheck: false },
      }}
    />
  );
}
