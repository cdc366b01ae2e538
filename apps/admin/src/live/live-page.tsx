import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useNavigate, useParams } from 'react-router-dom';
import { LivePageDocument, type OnCallStateFragment } from '../api/generated/documents.js';
import { NotFound } from '../app/not-found.js';
import { Loaded } from '../ui/loaded.js';
import { RetiredChip } from '../workflows/retired-chip.js';
import { Page } from '../ui/page.js';
import { LiveState } from './live-state.js';
import { clockTime } from './live-words.js';
import { asProposed } from './rollback-plan.js';
import { RollbackBar } from './rollback-bar.js';
import { RollbackSheet } from './rollback-sheet.js';
import { useFollowed } from './use-followed.js';
import { usePreview } from './use-preview.js';

/** Milliseconds between reads when no live update comes. */
const pace = 15_000;

/** What one person on call needs, at night, on a phone: what is live, since when, by whom, and one button. */
export function LivePage() {
  const { workflow = '' } = useParams();
  const query = useFollowed(LivePageDocument, { workflow }, () => pace);
  return (
    <Loaded query={query}>
      {({ onCall }) => (onCall ? <LiveView state={onCall} isLost={query.error !== null} /> : <NotFound />)}
    </Loaded>
  );
}

function LiveView({ state, isLost }: { state: OnCallStateFragment; isLost: boolean }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  // Read ahead: the first touch then opens a sheet that is there.
  usePreview(state.workflow.id, asProposed, state.viewerCanRollBack && state.recommendation !== null);
  return (
    <Page
      title={state.workflow.name}
      summary={
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            columnGap: 1.5,
            fontSize: '0.875rem',
            color: 'text.secondary',
          }}
        >
          <code>{state.workflow.fullKey}</code>
          <RetiredChip at={state.workflow.retiredAt} />
          <span>On call: {state.workflow.team.onCallContact ?? state.workflow.team.name}</span>
        </Box>
      }
    >
      <Box sx={{ maxWidth: 640 }}>
        {isLost && (
          <Alert severity="warning" sx={{ mb: 1 }}>
            This could not be read again. It was so at {clockTime(state.evaluatedAt)}.
          </Alert>
        )}
        {state.workflow.retiredAt && (
          <Alert severity="info" sx={{ mb: 1 }}>
            Retired since {clockTime(state.workflow.retiredAt)}: nothing of it is served or changes any more.
          </Alert>
        )}
        <LiveState state={state} />
        {!state.workflow.retiredAt && <RollbackBar state={state} onAsk={() => setAsking(true)} />}
      </Box>
      {asking && (
        <RollbackSheet
          state={state}
          onClose={() => setAsking(false)}
          onDone={({ number, recovered }) =>
            void navigate(`/live/${state.workflow.fullKey}/rollbacks/${String(number)}`, {
              state: { recovered },
            })
          }
        />
      )}
    </Page>
  );
}
