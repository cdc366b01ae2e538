import { useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import {
  OrganisationRoleGrantDocument,
  OrganisationRoleRevokeDocument,
  type OrganisationRole,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { roleWords } from '../teams/role-words.js';
import { ProblemList } from '../ui/problem-list.js';
import type { PersonRow } from './people-section.js';

const roles: OrganisationRole[] = [
  'administrator',
  'auditor',
  'risk_reviewer',
  'security_reviewer',
  'responder',
];

const deputised: OrganisationRole[] = ['risk_reviewer', 'security_reviewer'];

const givenByProvider = '(from the identity provider, which gives it again at the next sign-in)';

function labelOf(role: OrganisationRole, held: PersonRow['heldRoles'][number] | undefined): string {
  const word = held?.deputy ? `${roleWords[role]}, as deputy` : roleWords[role];
  return held?.fromProvider ? `${word} ${givenByProvider}` : word;
}

/** Each change is an act of its own; the box moves when the server has said yes. */
export function RolesDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const titleId = useId();
  const grant = useAct(OrganisationRoleGrantDocument, 'organisationRoleGrant');
  const revoke = useAct(OrganisationRoleRevokeDocument, 'organisationRoleRevoke');
  const pending = grant.pending || revoke.pending;
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <DialogTitle id={titleId}>Roles of {person.name}</DialogTitle>
      <DialogContent>
        <Box sx={{ display: 'grid' }}>
          {roles.map((role) => {
            const held = person.heldRoles.find((one) => one.role === role);
            return (
              <Box key={role} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1 }}>
                <FormControlLabel
                  label={labelOf(role, held)}
                  control={
                    <Checkbox
                      size="small"
                      checked={held !== undefined}
                      disabled={pending}
                      onChange={() =>
                        void (held
                          ? revoke.run({ userId: person.id, role })
                          : grant.run({ userId: person.id, role, deputy: false }))
                      }
                    />
                  }
                />
                {deputised.includes(role) && !held && (
                  <Button
                    size="small"
                    disabled={pending}
                    aria-label={`as deputy ${roleWords[role].toLowerCase()}`}
                    onClick={() => void grant.run({ userId: person.id, role, deputy: true })}
                  >
                    as deputy
                  </Button>
                )}
              </Box>
            );
          })}
        </Box>
        <ProblemList problems={[...grant.problems, ...revoke.problems]} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
