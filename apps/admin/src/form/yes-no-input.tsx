import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useController } from 'react-hook-form';
import type { FieldProps } from './field-props.js';

/** A question that must be answered: nothing is chosen beforehand, so that "no" is never silent. */
export function YesNoInput({ name, label, help }: FieldProps) {
  const { field, fieldState } = useController({ name });
  const value = field.value as boolean | null | undefined;
  const labelId = `${name}-label`;
  return (
    <FormControl error={Boolean(fieldState.error)} component="div" sx={{ display: 'block' }}>
      <FormLabel
        id={labelId}
        sx={{ color: 'text.primary', fontSize: '0.9rem', '&.Mui-focused': { color: 'text.primary' } }}
      >
        {label}
      </FormLabel>
      <RadioGroup
        row
        aria-labelledby={labelId}
        value={value === true ? 'yes' : value === false ? 'no' : ''}
        onChange={(_, answer) => field.onChange(answer === 'yes')}
        onBlur={field.onBlur}
      >
        <FormControlLabel
          value="yes"
          label="Yes"
          control={<Radio size="small" id={name} slotProps={{ input: { ref: field.ref } }} />}
        />
        <FormControlLabel value="no" label="No" control={<Radio size="small" />} />
      </RadioGroup>
      {(fieldState.error?.message ?? help) && (
        <FormHelperText sx={{ mx: 0 }}>{fieldState.error?.message ?? help}</FormHelperText>
      )}
    </FormControl>
  );
}
