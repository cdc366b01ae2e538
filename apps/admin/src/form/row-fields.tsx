import type { ReactNode } from 'react';
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import { useFieldArray, useFormState } from 'react-hook-form';
import { listMessage } from './lines-input.js';
import { getAt } from './form-path.js';

interface Props {
  name: string;
  /** Of the whole list, as a legend. */
  label: string;
  /** Of one row: "Metric". */
  row: string;
  blank: object;
  help?: string;
  children: (path: string, index: number) => ReactNode;
}

/** Rows that can be added and taken away, each a small form of its own. */
export function RowFields({ name, label, row, blank, help, children }: Props) {
  const { fields, append, remove } = useFieldArray({ name });
  const { errors } = useFormState({ name });
  const error = getAt(errors, name.split('.')) as { root?: unknown; message?: string } | undefined;
  const message = listMessage(error?.root) ?? error?.message;
  return (
    <Box component="fieldset" id={name} tabIndex={-1} sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ fontSize: '0.9rem', fontWeight: 560, mb: 0.75, p: 0 }}>
        {label}
      </Box>
      {help && <FormHelperText sx={{ mx: 0, mb: 1, mt: 0 }}>{help}</FormHelperText>}
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {fields.map((field, index) => (
          <Box
            key={field.id}
            role="group"
            aria-label={`${row} ${index + 1}`}
            sx={{
              display: 'grid',
              gridTemplateColumns: 'minmax(0,1fr) auto',
              gap: 1,
              p: 1.5,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
            }}
          >
            <Box sx={{ display: 'grid', gap: 1.5 }}>{children(`${name}.${index}`, index)}</Box>
            <IconButton
              aria-label={`Remove ${row.toLowerCase()} ${index + 1}`}
              onClick={() => remove(index)}
              size="small"
              sx={{ alignSelf: 'start' }}
            >
              <DeleteIcon fontSize="small" />
            </IconButton>
          </Box>
        ))}
      </Box>
      {message && (
        <FormHelperText error sx={{ mx: 0 }}>
          {message}
        </FormHelperText>
      )}
      <Button
        size="small"
        startIcon={<AddIcon />}
        onClick={() => append(structuredClone(blank))}
        sx={{ mt: 1 }}
      >
        Add {row.toLowerCase()}
      </Button>
    </Box>
  );
}
