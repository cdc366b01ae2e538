import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';

const offered = ['Wrong or harmful answers', 'Errors or no answers', 'Too slow or too costly'] as const;

interface Props {
  value: string;
  onChange: (reason: string) => void;
}

/** Three reasons that one touch gives, and a field for one's own words. */
export function ReasonChoice({ value, onChange }: Props) {
  const [own, setOwn] = useState(false);
  return (
    <Box role="group" aria-label="Reason" sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {offered.map((reason) => (
          <Button
            key={reason}
            size="small"
            variant={!own && value === reason ? 'contained' : 'outlined'}
            aria-pressed={!own && value === reason}
            onClick={() => {
              setOwn(false);
              onChange(reason);
            }}
            sx={{ minHeight: 44 }}
          >
            {!own && value === reason ? '✓ ' : ''}
            {reason}
          </Button>
        ))}
        <Button
          size="small"
          variant={own ? 'contained' : 'outlined'}
          aria-pressed={own}
          onClick={() => {
            setOwn(true);
            onChange('');
          }}
          sx={{ minHeight: 44 }}
        >
          Own words
        </Button>
      </Box>
      {own && (
        <TextField
          label="Reason"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 5000 } }}
          autoFocus
          required
        />
      )}
    </Box>
  );
}
