import Box from '@mui/material/Box';
import { HomeDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { GoingStale } from './going-stale.js';
import { LiveNow } from './live-now.js';
import { WaitingForYou } from './waiting-for-you.js';

/** Work, not charts. */
export function HomePage() {
  const query = useApi(HomeDocument, {});
  return (
    <Page title="Home">
      <Loaded query={query}>
        {({ viewer, mine, general }) => (
          <Box
            sx={{
              display: 'grid',
              gap: { lg: 2 },
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,3fr) minmax(0,2fr)' },
            }}
          >
            <div>
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
