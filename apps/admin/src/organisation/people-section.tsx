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
import { AccessDialog } from './access-dialog.js';
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
  const [access, setAccess] = useState<string | null>(null);
  const found = (id: string | null) => query.data?.users.nodes.find((person) => person.id === id);
  const chosen = found(changing);
  const accessed = found(access);
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
                  {person.disabled && <ToneChip tone="warn">Disabled</ToneChip>}
                  {person.heldRoles.map((held) => (
                    <ToneChip key={held.role} tone="plain">
                      {roleWords[held.role]}
                      {held.deputy && ' (deputy)'}
                      {held.fromProvider && ' · from the identity provider'}
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
                  {manages && (
                    <Button
                      size="small"
                      aria-label={`Access of ${person.name}`}
                      onClick={() => setAccess(person.id)}
                    >
                      Access
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
      {accessed && <AccessDialog person={accessed} onClose={() => setAccess(null)} />}
      {chosen && <RolesDialog person={chosen} onClose={() => setChanging(null)} />}
    </Section>
  );
}
