import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

const print = (value: unknown) =>
  value === undefined || value === null ? '' : JSON.stringify(value, null, 2);

interface Parsed {
  value: unknown;
  problem: string | null;
}

function parseJson(text: string): Parsed {
  if (text.trim() === '') return { value: null, problem: null };
  try {
    return { value: JSON.parse(text), problem: null };
  } catch (error) {
    return { value: undefined, problem: error instanceof Error ? error.message : 'This is not JSON' };
  }
}

/** JSON as text. The form's value changes only while the text is JSON; what is wrong with it is said below. */
export function JsonInput({ name, label, help, required, minRows = 8 }: FieldProps & { minRows?: number }) {
  const { field, fieldState } = useController({ name });
  const [text, setText] = useState(() => print(field.value));
  const { value, problem } = parseJson(text);
  const shown =
    problem === null && JSON.stringify(value) !== JSON.stringify(field.value ?? null)
      ? print(field.value)
      : text;
  const message = problem === null ? fieldState.error?.message : `Not JSON yet: ${problem}`;
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
        const parsed = parseJson(event.target.value);
        if (parsed.problem === null) field.onChange(parsed.value);
      }}
      onBlur={() => {
        if (problem === null) setText(print(value));
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
