import { useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { PeopleChoicesDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';

interface Props {
  label: string;
  /** Id of the person, or '' for anybody. */
  value: string;
  /** What the person, or the key, is called where that is known already. */
  name?: string;
  onChange: (id: string) => void;
  /** What stands there while nobody is chosen. */
  empty?: string;
  /** The only ones to choose from; left out: everybody. */
  among?: readonly { id: string; name: string; email: string }[];
}

/** One person, found by typing a part of the name or of the address. */
export function PersonPicker({ label, value, name, onChange, empty = 'Anybody', among }: Props) {
  const [search, setSearch] = useState('');
  const people = useApi(
    PeopleChoicesDocument,
    { search: search || null },
    { keepPrevious: true, enabled: !among },
  );
  const words = search.toLowerCase();
  const options = among
    ? among.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(words))
    : (people.data?.users.nodes ?? []);
  // An id that is of none of them, such as a key's, filters all the same.
  const chosen = options.find(({ id }) => id === value) ?? { id: value, name: name ?? value, email: '' };
  return (
    <Autocomplete
      options={options}
      value={value ? chosen : null}
      onChange={(_, person) => onChange(person?.id ?? '')}
      onInputChange={(_, text, reason) => reason === 'input' && setSearch(text)}
      filterOptions={(all) => all}
      getOptionLabel={(person) => person.name}
      getOptionKey={(person) => person.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      renderOption={({ key, ...props }, person) => (
        <li key={key} {...props}>
          {person.name}
          {person.email && ` (${person.email})`}
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          placeholder={empty}
          slotProps={{
            ...params.slotProps,
            inputLabel: { ...params.slotProps.inputLabel, shrink: true },
          }}
        />
      )}
      sx={{ flex: '1 1 180px', minWidth: 160 }}
    />
  );
}
