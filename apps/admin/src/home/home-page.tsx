import Box from '@mui/material/Box';
import { HomeDocument, RoleWarningsDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { useCan } from '../app/use-can.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { RoleWarnings } from '../ui/role-warnings.js';
import { GoingStale } from './going-stale.js';
import { IncidentsUnderway } from './incidents-underway.js';
import { LiveNow } from './live-now.js';
import { WaitingForYou } from './waiting-for-you.js';

/** Work, not charts. */
export function HomePage() {
  const query = useApi(HomeDocument, {});
  // Whoever can do something about it; after a first start this is where they land.
  const manages = useCan('organisation.manage');
  const warnings = useApi(RoleWarningsDocument, {}, { enabled: manages }).data?.roleWarnings ?? [];
  return (
    <Page title="Home">
      <RoleWarnings warnings={warnings} />
      <Loaded query={query}>
        {({ viewer, incidents, mine, general }) => (
          <Box
            sx={{
              display: 'grid',
              gap: { lg: 2 },
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,3fr) minmax(0,2fr)' },
            }}
          >
            <div>
              <IncidentsUnderway incidents={incidents} />
              <WaitingForYou items={viewer?.waitingForYou ?? []} />
              <GoingStale items={viewer?.goingStale ?? []} />
            </div>
            <LiveNow mine={mine.nodes} everywhere={general} />
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
