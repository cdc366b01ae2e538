import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { ColumnsButton } from 'react-admin';
import { TeamChoicesDocument, type RiskTier } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { FilterBar } from '../ui/filter-bar.js';
import { SearchField } from '../ui/search-field.js';
import { useFilters } from '../ui/use-filters.js';
import { stageChoices } from './stage-choices.js';

interface Filters {
  search?: string;
  teamId?: string;
  tier?: RiskTier[];
  liveIn?: string;
  inPromotion?: boolean;
  mine?: boolean;
}

const tiers = [
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];

export function WorkflowFilters() {
  const [filters, set] = useFilters<Filters>();
  const teams = useApi(TeamChoicesDocument, {}).data?.teams.nodes ?? [];
  return (
    <FilterBar>
      <SearchField label="Search" value={filters.search ?? ''} onChange={(value) => set('search', value)} />
      <ChoiceFilter
        label="Team"
        value={filters.teamId ?? ''}
        choices={teams.map((team) => ({ value: team.id, label: team.name }))}
        onChange={(value) => set('teamId', value)}
      />
      <ChoiceFilter
        label="Risk tier"
        value={filters.tier?.[0] ?? ''}
        choices={tiers}
        onChange={(value) => set('tier', value ? [value as RiskTier] : undefined)}
      />
      <ChoiceFilter
        label="Live in"
        value={filters.liveIn ?? ''}
        choices={stageChoices}
        onChange={(value) => set('liveIn', value)}
      />
      <Flag
        label="In promotion"
        checked={filters.inPromotion ?? false}
        onChange={(value) => set('inPromotion', value)}
      />
      <Flag label="Mine" checked={filters.mine ?? false} onChange={(value) => set('mine', value)} />
      <ColumnsButton sx={{ display: { xs: 'none', md: 'inline-flex' } }} />
    </FilterBar>
  );
}

function Flag({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <FormControlLabel
      label={label}
      sx={{ mr: 0 }}
      control={
        <Checkbox size="small" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      }
    />
  );
}
