import Button from '@mui/material/Button';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { FilterBar } from '../ui/filter-bar.js';
import { InstantField } from '../ui/instant-field.js';
import { PersonPicker } from '../ui/person-picker.js';
import { SearchField } from '../ui/search-field.js';
import { actChoices, subjectChoices } from './act-choices.js';
import { useChainChoices } from './use-chain-choices.js';
import type { LedgerFilters } from './use-ledger-filters.js';

/** Who, what, about what, when and in which chain. All of it is in the address of the page. */
export function LedgerFilterBar({ filters, actorName }: { filters: LedgerFilters; actorName?: string }) {
  const { values, set } = filters;
  const chains = useChainChoices();
  return (
    <FilterBar top>
      <ChoiceFilter
        label="Chain"
        value={values.chain ?? ''}
        choices={chains}
        onChange={(chain) => set({ chain })}
      />
      <ChoiceFilter
        label="Act"
        value={values.act ?? ''}
        choices={actChoices}
        onChange={(act) => set({ act })}
      />
      <PersonPicker
        label="Person"
        value={values.actor ?? ''}
        name={actorName}
        onChange={(actor) => set({ actor })}
      />
      <ChoiceFilter
        label="About"
        value={values.kind ?? ''}
        choices={subjectChoices}
        onChange={(kind) => set({ kind })}
      />
      <SearchField
        label="Id of what it is about"
        value={values.subject ?? ''}
        onChange={(subject) => set({ subject })}
      />
      <InstantField
        label="From"
        value={values.from ?? ''}
        onChange={(from) => set({ from })}
        none="The beginning"
      />
      <InstantField label="Before" value={values.to ?? ''} onChange={(to) => set({ to })} none="Now" />
      {Object.keys(values).length > 0 && <Button onClick={filters.clear}>Clear filters</Button>}
    </FilterBar>
  );
}
