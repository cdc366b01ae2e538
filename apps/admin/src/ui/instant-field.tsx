import { useId } from 'react';
import TextField from '@mui/material/TextField';
import { localInput, utcTime } from './time-words.js';

interface Props {
  label: string;
  /** ISO 8601, or '' for none. */
  value: string;
  onChange: (value: string) => void;
  /** Said where there is no value. */
  none?: string;
}

/** An instant, picked in the time zone of whoever looks, with the same instant in UTC below. */
export function InstantField({ label, value, onChange, none = ' ' }: Props) {
  const id = useId();
  return (
    <TextField
      id={id}
      type="datetime-local"
      label={label}
      value={value ? localInput(value) : ''}
      onChange={(event) => {
        const time = new Date(event.target.value);
        onChange(Number.isNaN(time.getTime()) ? '' : time.toISOString());
      }}
      helperText={value ? utcTime(value) : none}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { step: 1 } }}
      sx={{ flex: '1 1 210px', minWidth: 200 }}
    />
  );
}
