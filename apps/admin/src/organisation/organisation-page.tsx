import { ChecklistDocument, RoleWarningsDocument } from '../api/generated/documents.js';
import Typography from '@mui/material/Typography';
import { useApi } from '../api/use-api.js';
import { counted } from '../live/live-words.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { RoleWarnings } from '../ui/role-warnings.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { wordOfRole } from '../teams/role-words.js';
import { PeopleSection } from './people-section.js';

/** People and their roles for the whole organisation, and the checks that are answered once for everybody. */
export function OrganisationPage() {
  const checklist = useApi(ChecklistDocument, {});
  const warnings = useApi(RoleWarningsDocument, {}).data?.roleWarnings ?? [];
  return (
    <Page title="Organisation">
      <RoleWarnings warnings={warnings} />
      <Section
        title="Checks for the whole organisation"
        intro="Answered once; every workflow inherits the answer, with its expiry."
        flush
      >
        <Loaded query={checklist}>
          {({ checklist: { checks } }) => (
            <RowList>
              {checks
                .filter((check) => check.organisationAnswer)
                .map((check) => (
                  <li key={check.id}>
                    <code>{check.id}</code>{' '}
                    <TextLink to={`/organisation/checks/${check.id}`}>{check.text}</TextLink>
                    <Typography variant="caption" color="textSecondary" component="div">
                      {wordOfRole(check.answeredBy)}
                      {check.maxAgeDays !== null && `, holds for ${counted(check.maxAgeDays, 'day')}`}
                    </Typography>
                  </li>
                ))}
            </RowList>
          )}
        </Loaded>
      </Section>
      <PeopleSection />
    </Page>
  );
}
