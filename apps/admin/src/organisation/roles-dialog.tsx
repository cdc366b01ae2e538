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

const givenByProvider = '(from the identity provider, which gives it again at the next sign-in)';

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
              <FormControlLabel
                key={role}
                label={held?.fromProvider ? `${roleWords[role]} ${givenByProvider}` : roleWords[role]}
                control={
                  <Checkbox
                    size="small"
                    checked={held !== undefined}
                    disabled={pending}
                    onChange={() => void (held ? revoke : grant).run({ userId: person.id, role })}
                  />
                }
              />
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
