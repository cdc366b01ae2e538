import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { wordOfStage } from '../workflows/stage-choices.js';

interface Props {
  parts: readonly { id: string; stageKey: string }[];
  /** Ids of the parts that are meant. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** For which of several stages an act is meant; nothing to choose where there is one. */
export function StageParts({ parts, chosen, onChange }: Props) {
  if (parts.length < 2) return null;
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <Box component="legend" sx={{ fontSize: '0.9rem', color: 'text.secondary', p: 0 }}>
        Stages
      </Box>
      {parts.map(({ id, stageKey }) => (
        <FormControlLabel
          key={id}
          label={wordOfStage(stageKey)}
          sx={{ minHeight: 40 }}
          control={
            <Checkbox
              size="small"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />
          }
        />
      ))}
    </Box>
  );
}
