import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useFormContext, useWatch } from 'react-hook-form';
import type { ComponentKind } from '@holdpoint/contract';
import { blankComponents, type ContractValues } from './contract-values.js';

interface Props {
  kind: ComponentKind;
  title: string;
  ask: string;
  children: ReactNode;
}

/** A component that a contract has or has not. Taking it away clears it in the draft. */
export function OptionalComponent({ kind, title, ask, children }: Props) {
  const { setValue, control } = useFormContext<ContractValues>();
  const present = useWatch({ control, name: kind }) != null;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', pt: 1.5 }} id={kind} tabIndex={-1}>
      <Typography variant="h3">{title}</Typography>
      <FormControlLabel
        label={ask}
        control={
          <Checkbox
            size="small"
            checked={present}
            onChange={(event) =>
              setValue(kind, event.target.checked ? structuredClone(blankComponents[kind]) : null, {
                shouldDirty: true,
              })
            }
          />
        }
      />
      {present && <Box sx={{ display: 'grid', gap: 2, mt: 1 }}>{children}</Box>}
    </Box>
  );
}
