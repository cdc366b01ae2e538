import { TeamChoicesDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ChoiceFilter } from './choice-filter.js';
import { FilterBar } from './filter-bar.js';
import { SearchField } from './search-field.js';
import { useFilters } from './use-filters.js';

/** The filters of things that have a name and a team. */
export function NamedFilters() {
  const [filters, set] = useFilters<{ search?: string; teamId?: string }>();
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
    </FilterBar>
  );
}
