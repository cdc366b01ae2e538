import { useQuery } from '@tanstack/react-query';
import Typography from '@mui/material/Typography';
import { useViewer } from '../app/use-viewer.js';
import { roleWords } from '../teams/role-words.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { accountKey, readAccount } from './account-api.js';
import { PasswordForm } from './password-form.js';
import { SessionList } from './session-list.js';

/** Who one is here, one's password, and where one is signed in. */
export function AccountPage() {
  const viewer = useViewer();
  const account = useQuery({ queryKey: accountKey, queryFn: readAccount });
  const roles = viewer?.organisationRoles.map((role) => roleWords[role]) ?? [];
  const teams = viewer?.memberships.map(({ team, role }) => `${team.name}: ${roleWords[role]}`) ?? [];
  return (
    <Page title="Account">
      {viewer && (
        <Section title={viewer.user.name}>
          <Facts
            facts={[
              ['Email', viewer.user.email],
              ['Roles for the organisation', roles.join(', ') || 'None'],
              ['Roles in teams', teams.join(' · ') || 'None'],
            ]}
          />
        </Section>
      )}
      <Loaded query={account}>
        {({ hasPassword, hasProvider, sessions }) => (
          <>
            <SessionList sessions={sessions} />
            {hasPassword ? (
              <PasswordForm email={viewer?.user.email ?? ''} />
            ) : (
              <Section title="Password">
                <Typography variant="body2" color="textSecondary">
                  You have none here{hasProvider && ': you sign in through your identity provider'}.
                </Typography>
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
