import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import { useController } from 'react-hook-form';
import type { Choice } from './choice-input.js';
import type { FieldProps } from './field-props.js';

/** Any of a few values. */
export function SetInput({ name, label, help, choices }: FieldProps & { choices: Choice[] }) {
  const { field, fieldState } = useController({ name });
  const chosen = Array.isArray(field.value) ? (field.value as string[]) : [];
  const error = fieldState.error as { message?: string; root?: { message?: string } } | undefined;
  const message = error?.root?.message ?? error?.message;
  return (
    <FormControl component="fieldset" error={Boolean(error)} sx={{ display: 'block' }}>
      <FormLabel
        component="legend"
        sx={{ color: 'text.primary', fontSize: '0.9rem', '&.Mui-focused': { color: 'text.primary' } }}
      >
        {label}
      </FormLabel>
      <FormGroup row>
        {choices.map((choice, index) => (
          <FormControlLabel
            key={choice.value}
            label={choice.label}
            control={
              <Checkbox
                id={index === 0 ? name : undefined}
                size="small"
                checked={chosen.includes(choice.value)}
                onBlur={field.onBlur}
                onChange={(event) =>
                  field.onChange(
                    choices
                      .map(({ value }) => value)
                      .filter((value) =>
                        value === choice.value ? event.target.checked : chosen.includes(value),
                      ),
                  )
                }
              />
            }
          />
        ))}
      </FormGroup>
      {(message ?? help) && <FormHelperText sx={{ mx: 0 }}>{message ?? help}</FormHelperText>}
    </FormControl>
  );
}
