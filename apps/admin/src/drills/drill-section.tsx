import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { DrillEndDocument, LivePageDocument, type WorkflowLiveQuery } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { effectWords } from '../live/effect-words.js';
import { clockTime, leverWords, upperFirst } from '../live/live-words.js';
import { useReleaseNames } from '../live/use-release-names.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { ProblemList } from '../ui/problem-list.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { overruledWords } from '../rollbacks/overruled-words.js';
import { drillCheckId } from './drill-check.js';
import { DrillDialog } from './drill-dialog.js';

type Live = NonNullable<WorkflowLiveQuery['workflow']>;
type Drill = Live['rollbacks']['nodes'][number];

/** Rehearsals: start one, end one early, and what came of those before. */
export function DrillSection({ workflow, live }: { workflow: WorkflowHeader; live: Live }) {
  const [starting, setStarting] = useState(false);
  const state = useApi(LivePageDocument, { workflow: workflow.fullKey }).data?.onCall;
  const drills = live.rollbacks.nodes.filter(({ kind }) => kind === 'drill');
  const running = (drill: Drill) =>
    live.overlays.filter(({ rollback, to }) => rollback.id === drill.id && to !== null);
  // It has no effect once none of its stages lets it have one.
  const overruled = (drill: Drill) => {
    const words = running(drill).map(overruledWords);
    return words.includes(null) ? null : (words[0] ?? null);
  };
  return (
    <Section
      title="Drills"
      intro={
        <>
          {state && !state.viewerCanDrill
            ? 'Rollbacks rehearsed on test requests. Responders and reviewers of the team start them.'
            : 'Rollbacks rehearsed on test requests.'}{' '}
          One that an instance confirmed clears{' '}
          <TextLink to={`/workflows/${workflow.id}/checks/${drillCheckId}`}>check {drillCheckId}</TextLink>.
        </>
      }
      aside={
        state?.viewerCanDrill &&
        state.live && (
          <Button variant="outlined" size="small" onClick={() => setStarting(true)}>
            Start a drill
          </Button>
        )
      }
      flush
    >
      {drills.length === 0 ? (
        <EmptyState>No drill was held here yet.</EmptyState>
      ) : (
        <RowList label="Drills">
          {drills.map((drill) => (
            <DrillRow
              key={drill.id}
              drill={drill}
              workflowId={workflow.id}
              until={running(drill)[0]?.to ?? null}
              note={overruled(drill)}
              canEnd={state?.viewerCanDrill ?? false}
            />
          ))}
        </RowList>
      )}
      {starting && state && <DrillDialog state={state} onClose={() => setStarting(false)} />}
    </Section>
  );
}

interface RowProps {
  drill: Drill;
  workflowId: string;
  /** Null: it is over. */
  until: string | null;
  /** Why it takes no effect; null where it does. */
  note: string | null;
  canEnd: boolean;
}

function DrillRow({ drill, workflowId, until, note, canEnd }: RowProps) {
  const act = useAct(DrillEndDocument, 'drillEnd');
  const names = useReleaseNames(workflowId);
  const passed = drill.effect.confirmed > 0;
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5 }}>
      <Box sx={{ flex: '1 1 240px', overflowWrap: 'anywhere' }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
          <TextLink to={`/workflows/${workflowId}/rollbacks/${drill.id}`}>
            Drill #{drill.number}: {drill.levers.map((lever) => leverWords(lever, names)).join(', and ')}
          </TextLink>
          {until && <ToneChip tone="lent">Running</ToneChip>}
          {(!until || passed) && (
            <ToneChip tone={passed ? 'good' : 'bad'}>{passed ? 'Passed' : 'Not passed'}</ToneChip>
          )}
        </Box>
        <Typography variant="body2" color="textSecondary">
          {drill.triggeredByName}, <Age at={drill.appliedAt} />
          {until && `, ends by itself at ${clockTime(until)}`}. {upperFirst(effectWords(drill))}
          {note && `. ${note}`}
        </Typography>
        <ProblemList problems={act.problems} />
      </Box>
      {until && canEnd && (
        <Button
          size="small"
          variant="outlined"
          loading={act.pending}
          onClick={() => void act.run({ rollbackId: drill.id })}
        >
          End it now
        </Button>
      )}
    </Box>
  );
}
