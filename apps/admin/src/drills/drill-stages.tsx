import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import type { OnCallStateFragment } from '../api/generated/documents.js';
import type { Plan } from '../live/rollback-plan.js';

interface Props {
  state: OnCallStateFragment;
  plan: Plan;
  onChange: (changes: Partial<Plan>) => void;
}

/** In which stages a drill is, and whose requests it is laid over. */
export function DrillStages({ state, plan, onChange }: Props) {
  const standing = state.live?.stageKeys ?? [];
  const chosen = plan.stageKeys ?? standing;
  return (
    <>
      <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
        <Box component="legend" sx={{ fontSize: '0.9rem', color: 'text.secondary', p: 0 }}>
          Stages
        </Box>
        {state.serving.map(({ stageKey, name }) => (
          <FormControlLabel
            key={stageKey}
            label={name}
            sx={{ minHeight: 40 }}
            control={
              <Checkbox
                size="small"
                checked={chosen.includes(stageKey)}
                onChange={(event) =>
                  onChange({
                    stageKeys: event.target.checked
                      ? [...chosen, stageKey]
                      : chosen.filter((key) => key !== stageKey),
                  })
                }
              />
            }
          />
        ))}
      </Box>
      <Box
        role="group"
        aria-label="Whose requests"
        sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}
      >
        <TextField
          label="Requests where"
          value={plan.attribute}
          onChange={(event) => onChange({ attribute: event.target.value })}
          helperText="An attribute of the request; empty: everybody"
        />
        <TextField
          label="is one of"
          value={plan.values}
          onChange={(event) => onChange({ values: event.target.value })}
          helperText="Values, parted by commas"
        />
      </Box>
    </>
  );
}
