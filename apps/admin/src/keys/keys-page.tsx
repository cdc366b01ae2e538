import { useState } from 'react';
import Button from '@mui/material/Button';
import type { KeyState } from '../api/generated/documents.js';
import { useCan } from '../app/use-can.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { FilterBar } from '../ui/filter-bar.js';
import { Page } from '../ui/page.js';
import { SearchField } from '../ui/search-field.js';
import { Section } from '../ui/section.js';
import { KeyCreateDialog } from './key-create-dialog.js';
import { KeyList } from './key-list.js';
import { stateWords } from './key-words.js';

/** What is chosen from, and the states that each stands for. */
const working: KeyState[] = ['active', 'ending'];
const states = [
  { value: 'working', label: 'Working' },
  ...(['ending', 'expired', 'revoked'] as const).map((value) => ({ value, label: stateWords[value] })),
];
const statesOf = (chosen: string): KeyState[] | null =>
  chosen === 'working' ? working : chosen ? [chosen as KeyState] : null;

/** Keys of every team that the viewer may see: an administrator's and an auditor's all of them. */
export function KeysPage() {
  const [creating, setCreating] = useState(false);
  const [search, setSearch] = useState('');
  const [state, setState] = useState('working');
  const mayManage = useCan('key.manage');
  return (
    <Page
      title="API keys"
      crumbs={[{ label: 'Organisation', to: '/organisation' }]}
      actions={
        mayManage && (
          <Button variant="contained" onClick={() => setCreating(true)}>
            New key
          </Button>
        )
      }
    >
      <Section
        title="Keys"
        intro="CI, running applications and agents act by key: within its teams and workflows, until its end, and never to approve. Who made a key answers for what it does."
        flush
      >
        <FilterBar>
          <SearchField label="Search keys" value={search} onChange={setSearch} />
          <ChoiceFilter label="State" value={state} choices={states} onChange={setState} />
        </FilterBar>
        <KeyList
          key={`${search} ${state}`}
          filter={{ search: search || null, state: statesOf(state) }}
          empty="No key is like this."
        />
      </Section>
      {creating && <KeyCreateDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
