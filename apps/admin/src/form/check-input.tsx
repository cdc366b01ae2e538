import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

export function CheckInput({ name, label, help }: FieldProps) {
  const { field, fieldState } = useController({ name });
  const message = fieldState.error?.message ?? help;
  return (
    <div>
      <FormControlLabel
        label={label}
        control={
          <Checkbox
            id={name}
            size="small"
            checked={field.value === true}
            onChange={(event) => field.onChange(event.target.checked)}
            onBlur={field.onBlur}
            slotProps={{ input: { ref: field.ref } }}
          />
        }
      />
      {message && <FormHelperText error={Boolean(fieldState.error)}>{message}</FormHelperText>}
    </div>
  );
}
