import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocation, useParams } from 'react-router-dom';
import { LiveRollbackDocument, type LiveRollbackQuery } from '../api/generated/documents.js';
import { NotFound } from '../app/not-found.js';
import { CopyText } from '../ui/copy-text.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { isOver } from './effect-words.js';
import { EffectView } from './effect-view.js';
import { clockTime, leverWords, segmentWords, upperFirst } from './live-words.js';
import { useReleaseNames } from './use-release-names.js';
import { ServingList } from './serving-list.js';
import { useFollowed } from './use-followed.js';

/** Milliseconds between reads: while instances follow, and afterwards, when only the silent ones may come back. */
const paces = { following: 2000, over: 20_000 };

type Found = LiveRollbackQuery;

const paceOf = (data: Found | undefined) =>
  data?.rollbackNumbered && isOver(data.rollbackNumbered.effect) ? paces.over : paces.following;

/** How a rollback takes effect. All of it is in the address, so that it is there again after a locked screen. */
export function ProgressPage() {
  const { workflow = '', number = '' } = useParams();
  const isNumber = /^\d{1,9}$/.test(number);
  const query = useFollowed(LiveRollbackDocument, { workflow, number: Number(number) }, paceOf, isNumber);
  if (!isNumber) return <NotFound />;
  return (
    <Loaded query={query}>
      {({ onCall, rollbackNumbered }) =>
        onCall && rollbackNumbered ? (
          <ProgressView onCall={onCall} rollback={rollbackNumbered} isLost={query.error !== null} />
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

interface ViewProps {
  onCall: NonNullable<Found['onCall']>;
  rollback: NonNullable<Found['rollbackNumbered']>;
  isLost: boolean;
}

function ProgressView({ onCall, rollback, isLost }: ViewProps) {
  const { workflow } = onCall;
  const names = useReleaseNames(workflow.id);
  const { recovered } = (useLocation().state ?? {}) as { recovered?: string | null };
  const word = rollback.kind === 'drill' ? 'Drill' : 'Rollback';
  const segment = segmentWords(rollback.segment);
  return (
    <Page
      title={`${word} #${String(rollback.number)}`}
      crumbs={[{ label: workflow.name, to: `/live/${workflow.fullKey}` }]}
    >
      <Box sx={{ maxWidth: 640 }}>
        {recovered && (
          <Alert severity="info" sx={{ mb: 1.5 }}>
            {recovered}
          </Alert>
        )}
        {isLost && (
          <Alert severity="warning" sx={{ mb: 1.5 }}>
            This could not be read again. It was so at {clockTime(onCall.evaluatedAt)}.
          </Alert>
        )}
        <Section title="Effect">
          <EffectView rollback={rollback} />
        </Section>
        <Section title="Served now">
          <ServingList serving={onCall.serving} />
        </Section>
        <Section title="What was done">
          <Typography variant="body2">
            {upperFirst(rollback.levers.map((lever) => leverWords(lever, names)).join(', and '))}
            {segment && `, where ${segment}`}. By {rollback.triggeredByName}
            {rollback.reason && `: ${rollback.reason}`}.
          </Typography>
          {rollback.quarantines.some(({ clearedAt }) => clearedAt === null) && (
            <Typography variant="body2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
              In quarantine until somebody clears it:{' '}
              {[
                ...new Set(
                  rollback.quarantines.map(({ release }) => `#${String(release.number)} ${release.alias}`),
                ),
              ].join(', ')}
              .
            </Typography>
          )}
          {rollback.holds.some(({ to }) => to === null) && (
            <Typography variant="body2" sx={{ mt: 0.5 }}>
              No promotion goes into {rollback.stageKeys.map(wordOfStage).join(', ')} until the hold is lifted
              or a fix arrives.
            </Typography>
          )}
          {rollback.reviewDueAt && (
            <Typography variant="body2" sx={{ mt: 0.5 }}>
              A different person looks at it by {clockTime(rollback.reviewDueAt)}.
            </Typography>
          )}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
            {rollback.incident && (
              <LinkButton
                to={`/workflows/${workflow.id}/incidents/${rollback.incident.id}`}
                variant="outlined"
              >
                Incident #{rollback.incident.number}
              </LinkButton>
            )}
            <LinkButton to={`/workflows/${workflow.id}/rollbacks/${rollback.id}`} variant="outlined">
              All about this {word.toLowerCase()}
            </LinkButton>
          </Box>
        </Section>
        {rollback.incident && (
          <Section title="To be told">
            <CopyText label="Incident text" text={rollback.incident.text} />
          </Section>
        )}
        <TextLink to={`/live/${workflow.fullKey}`}>Back to what is live</TextLink>
      </Box>
    </Page>
  );
}
