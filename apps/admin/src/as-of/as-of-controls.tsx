import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { TeamChoicesDocument, WorkflowListDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { FilterBar } from '../ui/filter-bar.js';
import { InstantField } from '../ui/instant-field.js';
import { stageChoices } from '../workflows/stage-choices.js';
import type { AsOfState } from './use-as-of.js';

/** A week, for an interval that nobody has begun yet. */
const week = 7 * 24 * 3_600_000;

/** The time, in the viewer's zone with UTC below, and which workflows and stages. */
export function AsOfControls({ state }: { state: AsOfState }) {
  const { values, set, between, isReversed } = state;
  const workflows = useApi(WorkflowListDocument, { first: 100 }).data?.workflows.nodes ?? [];
  const teams = useApi(TeamChoicesDocument, {}).data?.teams.nodes ?? [];
  const choose = (mode: string | null) => {
    if (mode === 'at') set({ mode: '', from: '', to: '', at: values.from ?? '' });
    if (mode === 'between') {
      const at = Date.parse(values.at ?? '') || Date.now() - week;
      set({ mode: 'between', at: '', from: new Date(at - (at % 1000)).toISOString() });
    }
  };
  return (
    <FilterBar top>
      <Box sx={{ flex: '1 0 100%' }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={between ? 'between' : 'at'}
          onChange={(_, mode: string | null) => choose(mode)}
          aria-label="What is asked"
        >
          <ToggleButton value="at" sx={{ textTransform: 'none' }}>
            At an instant
          </ToggleButton>
          <ToggleButton value="between" sx={{ textTransform: 'none' }}>
            Between two
          </ToggleButton>
        </ToggleButtonGroup>
      </Box>
      {between ? (
        <>
          <InstantField
            label="From"
            value={values.from ?? ''}
            onChange={(from) => set({ from, mode: 'between' })}
          />
          <InstantField
            label="Up to, not including"
            value={values.to ?? ''}
            onChange={(to) => set({ to })}
            none="Now"
            problem={isReversed ? 'The interval ends before it begins.' : undefined}
          />
        </>
      ) : (
        <InstantField label="Time" value={values.at ?? ''} onChange={(at) => set({ at })} none="Now" />
      )}
      <ChoiceFilter
        label="Workflow"
        value={values.workflow ?? ''}
        choices={workflows.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(workflow) => set({ workflow })}
      />
      <ChoiceFilter
        label="Team"
        value={values.team ?? ''}
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(team) => set({ team })}
      />
      <ChoiceFilter
        label="Stage"
        value={values.stage ?? ''}
        choices={stageChoices}
        onChange={(stage) => set({ stage })}
      />
    </FilterBar>
  );
}
