import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { fallbackTargets } from '@holdpoint/contract';
import { LiveTargetsDocument, type LeverKind, type OnCallStateFragment } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { leverNames } from './live-words.js';
import type { Plan } from './rollback-plan.js';
import { ScopeChoice } from './scope-choice.js';

interface Props {
  state: OnCallStateFragment;
  plan: Plan;
  /** The lever that is pulled while none is chosen. */
  proposed: LeverKind | null;
  onChange: (changes: Partial<Plan>) => void;
  /** A drill is laid over whom it is told, and over whole stages. */
  withScope?: boolean;
}

/** The other levers, each with why it cannot be pulled where it cannot; then stages and segment. */
export function ChangePlan({ state, plan, proposed, onChange, withScope = true }: Props) {
  const kind = plan.kind ?? proposed;
  return (
    <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
      <FormControl component="div">
        <FormLabel id="lever-label">Lever</FormLabel>
        <RadioGroup
          aria-labelledby="lever-label"
          value={kind ?? ''}
          onChange={(_, chosen) => onChange({ kind: chosen as LeverKind })}
        >
          {state.levers.map((lever) => (
            <FormControlLabel
              key={lever.kind}
              value={lever.kind}
              disabled={!lever.available}
              control={<Radio size="small" />}
              sx={{ minHeight: 44, mr: 0 }}
              label={
                <Box component="span" sx={{ display: 'block', lineHeight: 1.3 }}>
                  {leverNames[lever.kind].word}
                  <Box
                    component="span"
                    sx={{ display: 'block', fontSize: '0.8125rem', color: 'text.secondary' }}
                  >
                    {lever.whyNot ?? leverNames[lever.kind].about}
                  </Box>
                </Box>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      {kind === 'fallback' && (
        <TextField
          select
          label="Fall back to"
          value={plan.to}
          onChange={(event) => onChange({ kind, to: event.target.value })}
        >
          {fallbackTargets.map((target) => (
            <MenuItem key={target} value={target}>
              {target}
            </MenuItem>
          ))}
        </TextField>
      )}
      {kind === 'disableTool' && (
        <TextField
          label="Tool"
          value={plan.tool}
          onChange={(event) => onChange({ kind, tool: event.target.value })}
          helperText="By its name in the contract"
        />
      )}
      {kind === 'revertRelease' && <Target state={state} plan={plan} onChange={onChange} />}
      {withScope && <ScopeChoice state={state} plan={plan} onChange={onChange} />}
    </Box>
  );
}

function Target({ state, plan, onChange }: Pick<Props, 'state' | 'plan' | 'onChange'>) {
  const releases =
    useApi(LiveTargetsDocument, { workflowId: state.workflow.id }).data?.workflow?.releases.nodes ?? [];
  const { lastGood, live } = state;
  const others = releases.filter(({ id }) => id !== live?.releaseId && id !== lastGood?.releaseId);
  return (
    <>
      <TextField
        select
        label="Back to"
        value={plan.releaseId}
        onChange={(event) => onChange({ kind: 'revertRelease', releaseId: event.target.value })}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">
          {lastGood ? `The last good: #${String(lastGood.number)} ${lastGood.alias}` : 'The last good'}
        </MenuItem>
        {others.map(({ id, number, alias }) => (
          <MenuItem key={id} value={id}>
            #{number} {alias}
          </MenuItem>
        ))}
      </TextField>
      <FormControlLabel
        label="And turn it off until that is lifted"
        control={
          <Checkbox
            size="small"
            checked={plan.isOffMeanwhile}
            onChange={(event) => onChange({ kind: 'revertRelease', isOffMeanwhile: event.target.checked })}
          />
        }
      />
    </>
  );
}
