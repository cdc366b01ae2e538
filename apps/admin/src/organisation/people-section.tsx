import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { usePermissions } from 'react-admin';
import { PeopleDocument, type PeopleQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { roleWords } from '../teams/role-words.js';
import { Loaded } from '../ui/loaded.js';
import { PageTurner } from '../ui/page-turner.js';
import { RowList } from '../ui/row-list.js';
import { SearchField } from '../ui/search-field.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import { PersonDialog } from './person-dialog.js';
import { RolesDialog } from './roles-dialog.js';

export type PersonRow = PeopleQuery['users']['nodes'][number];
const size = 25;

export function PeopleSection() {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [creating, setCreating] = useState(false);
  const [changing, setChanging] = useState<string | null>(null);
  const { permissions } = usePermissions<string[]>();
  const manages = permissions?.includes('organisation.manage') ?? false;
  const query = useApi(
    PeopleDocument,
    { first: size, offset: (page - 1) * size, search: search || null },
    { keepPrevious: true },
  );
  const chosen = query.data?.users.nodes.find(({ id }) => id === changing);
  return (
    <Section
      title="People"
      aside={
        manages && (
          <Button size="small" variant="contained" onClick={() => setCreating(true)}>
            New person
          </Button>
        )
      }
      flush
    >
      <Box sx={{ px: 2, py: 1, display: 'flex' }}>
        <SearchField label="Search people" value={search} onChange={setSearch} />
      </Box>
      <Loaded query={query}>
        {({ users }) => (
          <>
            <RowList label="People">
              {users.nodes.map((person) => (
                <Box
                  component="li"
                  key={person.id}
                  sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
                >
                  <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
                    {person.name}
                    <Typography
                      variant="caption"
                      color="textSecondary"
                      component="div"
                      sx={{ overflowWrap: 'anywhere' }}
                    >
                      {person.email}
                    </Typography>
                  </Box>
                  {person.organisationRoles.map((role) => (
                    <ToneChip key={role} tone="plain">
                      {roleWords[role]}
                    </ToneChip>
                  ))}
                  {manages && (
                    <Button
                      size="small"
                      aria-label={`Roles of ${person.name}`}
                      onClick={() => setChanging(person.id)}
                    >
                      Roles
                    </Button>
                  )}
                </Box>
              ))}
            </RowList>
            <PageTurner page={page} size={size} total={users.totalCount} onPage={setPage} />
          </>
        )}
      </Loaded>
      {creating && <PersonDialog onClose={() => setCreating(false)} />}
      {chosen && <RolesDialog person={chosen} onClose={() => setChanging(null)} />}
    </Section>
  );
}
