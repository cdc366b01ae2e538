import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useListFilters } from './use-list-filters.js';

export interface ListTab {
  label: string;
  count: number | undefined;
  filter: Record<string, unknown>;
}

/** Ready-made filters with how many each holds. None is chosen when the filters are something else. */
export function ListTabs({ label, tabs }: { label: string; tabs: ListTab[] }) {
  const { values, replace } = useListFilters();
  const current = tabs.findIndex((tab) => JSON.stringify(tab.filter) === JSON.stringify(values));
  return (
    <Tabs
      value={current === -1 ? false : current}
      onChange={(_, index: number) => replace(tabs[index]?.filter ?? {})}
      aria-label={label}
      variant="scrollable"
      scrollButtons={false}
      sx={{ mb: 1 }}
    >
      {tabs.map((tab) => (
        <Tab key={tab.label} label={tab.count === undefined ? tab.label : `${tab.label} (${tab.count})`} />
      ))}
    </Tabs>
  );
}
