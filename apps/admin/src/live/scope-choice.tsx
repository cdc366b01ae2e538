import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { OnCallStateFragment } from '../api/generated/documents.js';
import type { Plan } from './rollback-plan.js';

interface Props {
  state: OnCallStateFragment;
  plan: Plan;
  onChange: (changes: Partial<Plan>) => void;
}

/** Where it holds: stages, or everywhere; and for whom. */
export function ScopeChoice({ state, plan, onChange }: Props) {
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
            sx={{ display: 'flex', minHeight: 40 }}
            disabled={plan.isWholeWorkflow}
            control={
              <Checkbox
                size="small"
                checked={plan.isWholeWorkflow || chosen.includes(stageKey)}
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
        <FormControlLabel
          label="Everywhere, also who is in no stage"
          sx={{ display: 'flex', minHeight: 40 }}
          control={
            <Checkbox
              size="small"
              checked={plan.isWholeWorkflow}
              onChange={(event) => onChange({ isWholeWorkflow: event.target.checked })}
            />
          }
        />
      </Box>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Typography variant="body2" color="textSecondary">
          For a part of the requests only. Left empty: for everybody.
        </Typography>
        <TextField
          label="Where this attribute"
          placeholder="tenant"
          value={plan.attribute}
          onChange={(event) => onChange({ attribute: event.target.value })}
        />
        <TextField
          label="is one of"
          helperText="Values, parted by commas"
          value={plan.values}
          onChange={(event) => onChange({ values: event.target.value })}
        />
      </Box>
    </>
  );
}
