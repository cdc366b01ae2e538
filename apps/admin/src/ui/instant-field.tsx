import { useId } from 'react';
import TextField from '@mui/material/TextField';
import { isInstant, isLocalUtc, localInput, utcTime } from './time-words.js';

interface Props {
  label: string;
  /** ISO 8601, or '' for none. */
  value: string;
  onChange: (value: string) => void;
  /** Said where there is no value. */
  none?: string;
  /** What is wrong with the value in its place; that a text is no time the field says itself. */
  problem?: string;
}

/** An instant, picked in the time zone of whoever looks, with the same instant in UTC below. */
export function InstantField({ label, value, onChange, none = ' ', problem }: Props) {
  const id = useId();
  const isTime = isInstant(value);
  const wrong = value && !isTime ? `“${value}” is not a time. Pick one here.` : problem;
  return (
    <TextField
      id={id}
      type="datetime-local"
      label={label}
      value={isTime ? localInput(value) : ''}
      error={wrong !== undefined}
      onChange={(event) => {
        const time = new Date(event.target.value);
        onChange(Number.isNaN(time.getTime()) ? '' : time.toISOString());
      }}
      helperText={wrong ?? (value ? inUtc(value) : none)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { step: 1 } }}
      sx={{ flex: '1 1 210px', minWidth: 200 }}
    />
  );
}

/** The field itself does not say in which zone it is. */
const inUtc = (at: string) => (isLocalUtc(at) ? 'UTC' : utcTime(at));
