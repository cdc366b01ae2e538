import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { LiveTargetsDocument, type LeverKind, type OnCallStateFragment } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { leverNames } from './live-words.js';
import { withLever, type Plan } from './rollback-plan.js';
import { ScopeChoice } from './scope-choice.js';

interface Props {
  state: OnCallStateFragment;
  plan: Plan;
  /** What is pulled while no lever is chosen. */
  proposed: { kind: LeverKind; to?: string | null } | null;
  onChange: (changes: Partial<Plan>) => void;
  /** A drill is laid over whom it is told, and over whole stages. */
  withScope?: boolean;
}

/** The other levers, each with why it cannot be pulled where it cannot; then stages and segment. */
export function ChangePlan({ state, plan, proposed, onChange, withScope = true }: Props) {
  const kind = plan.kind ?? proposed?.kind ?? null;
  const choices = state.levers.find((lever) => lever.kind === kind)?.choices ?? [];
  return (
    <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
      <FormControl component="div">
        <FormLabel id="lever-label">Lever</FormLabel>
        <RadioGroup
          aria-labelledby="lever-label"
          value={kind ?? ''}
          onChange={(_, chosen) => onChange(withLever(state.levers, chosen as LeverKind))}
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
                    {lever.whyNot ?? lever.noEffect ?? leverNames[lever.kind].about}
                  </Box>
                </Box>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      {kind === 'fallback' && (
        <Choice
          label="Fall back to"
          value={plan.kind === null ? (proposed?.to ?? '') : plan.to}
          choices={choices}
          onChange={(to) => onChange({ kind, to })}
        />
      )}
      {kind === 'disableTool' && (
        <Choice
          label="Tool"
          value={plan.tool}
          choices={choices}
          onChange={(tool) => onChange({ kind, tool })}
        />
      )}
      {kind === 'pinModel' && (
        <Choice
          label="Model"
          value={plan.model}
          choices={choices}
          onChange={(model) => onChange({ kind, model })}
        />
      )}
      {kind === 'revertRelease' && <Target state={state} plan={plan} onChange={onChange} />}
      {withScope && <ScopeChoice state={state} plan={plan} onChange={onChange} />}
    </Box>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: OnCallStateFragment['levers'][number]['choices'];
  onChange: (value: string) => void;
}

/** What a lever is told, of what it can be told. */
function Choice({ label, value, choices, onChange }: ChoiceProps) {
  // What was chosen may have ceased to be offered while the page was read.
  const known = choices.some((choice) => choice.value === value);
  return (
    <TextField
      select
      label={label}
      value={known ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    >
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value} sx={{ whiteSpace: 'normal' }}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
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
