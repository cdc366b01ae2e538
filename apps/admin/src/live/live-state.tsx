import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { OnCallStateFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { TextLink } from '../ui/text-link.js';
import { instanceWords } from './instance-words.js';
import { HeadlineView } from './headline.js';
import { clockTime, counted } from './live-words.js';
import { ServingList } from './serving-list.js';

/** At least 24 px high (WCAG 2.2, 2.5.8). */
const target = {
  display: 'inline-flex',
  alignItems: 'center',
  minHeight: 28,
  overflowWrap: 'anywhere',
} as const;

/** What is served, since when, by whom; the last good release; where something lies over it. */
export function LiveState({ state }: { state: OnCallStateFragment }) {
  const { lastGood, instances, openIncidents, lastRollback, workflow } = state;
  return (
    <Paper variant="outlined" sx={{ p: 1.5, display: 'grid', gap: 1 }}>
      <div>
        <Typography variant="h2" sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>
          Live
        </Typography>
        <HeadlineView state={state} />
      </div>
      <div>
        <Typography variant="h2" sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>
          Last good
        </Typography>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {lastGood ? (
            <>
              <strong>
                #{lastGood.number} {lastGood.alias}
              </strong>
              ,{' '}
              {lastGood.until ? (
                <>live until {clockTime(lastGood.until)}</>
              ) : (
                <>live since {clockTime(lastGood.wasLiveFrom)}</>
              )}
            </>
          ) : (
            'None: nothing else was live here through its gates.'
          )}
        </Typography>
      </div>
      {!workflow.retiredAt && <ServingList serving={state.serving} />}
      <Box sx={{ display: 'grid', fontSize: '0.875rem' }}>
        <span>{instanceWords(instances)}</span>
        {instances !== null && instances.drifting > 0 && (
          <TextLink to={`/workflows/${workflow.id}/live`} sx={target}>
            Drift: {counted(instances.drifting, 'instance')} {instances.drifting === 1 ? 'reports' : 'report'}{' '}
            what was not served
          </TextLink>
        )}
        {openIncidents.map((incident) => (
          <TextLink key={incident.id} to={`/workflows/${workflow.id}/incidents/${incident.id}`} sx={target}>
            Incident #{incident.number}, {incident.state}: {incident.title}
          </TextLink>
        ))}
        {lastRollback && (
          <TextLink to={`/live/${workflow.fullKey}/rollbacks/${String(lastRollback.number)}`} sx={target}>
            <span>
              Rollback #{lastRollback.number}, <Age at={lastRollback.appliedAt} /> by{' '}
              {lastRollback.triggeredByName}
            </span>
          </TextLink>
        )}
        <TextLink to={`/workflows/${workflow.id}/live`} sx={target}>
          Everything about what is live
        </TextLink>
      </Box>
    </Paper>
  );
}
