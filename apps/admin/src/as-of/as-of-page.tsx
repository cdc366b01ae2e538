import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { ShowMore } from '../ui/show-more.js';
import { asOfWords, exactTime } from '../ui/time-words.js';
import { AsOfControls } from './as-of-controls.js';
import { LiveTable } from './live-table.js';
import { exportPath, useAsOf, type AsOfState } from './use-as-of.js';

/** What was live when: at an instant, or between two. */
export function AsOfPage() {
  const state = useAsOf();
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { isAsked: asked } = state;
  return (
    <Page
      title="What was live"
      actions={
        asked &&
        (['csv', 'jsonl'] as const).map((format) => (
          <Button
            key={format}
            href={exportPath(state, format)}
            download
            variant="outlined"
            startIcon={<DownloadIcon />}
          >
            {format.toUpperCase()}
          </Button>
        ))
      }
      summary={
        <Typography variant="body2" color="textSecondary" role="status">
          {asWords(state)}
        </Typography>
      }
    >
      <Paper variant="outlined">
        <AsOfControls state={state} />
        {asked ? (
          <Loaded query={state.pages}>
            {({ nodes }) =>
              nodes.length === 0 ? (
                <EmptyState>Nothing was live then, as far as you may see.</EmptyState>
              ) : (
                <LiveTable rows={nodes} at={state.answeredAt} phone={phone} />
              )
            }
          </Loaded>
        ) : (
          <EmptyState>
            {state.between && !state.values.from ? 'Say when the interval begins.' : 'Mend the time above.'}
          </EmptyState>
        )}
        {asked && <ShowMore pages={state.pages} what="rows" />}
      </Paper>
    </Page>
  );
}

function asWords({ between, isAsked, values: { at, from, to } }: AsOfState): string {
  if (!isAsked && !between) return 'At an instant';
  if (!between) return at ? asOfWords(at) : 'As of now';
  if (!isAsked || !from) return 'Between two instants';
  return `From ${exactTime(from)} up to ${to ? `${exactTime(to)}, not including it` : 'now'}`;
}
