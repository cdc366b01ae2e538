import { useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { LeftByFragment, WorkflowLiveQuery } from '../api/generated/documents.js';
import { overlayWords, segmentWords } from '../live/live-words.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { EndDialog } from './end-dialog.js';
import { ClearDialog, LiftDialog } from './left-dialogs.js';
import { holdGroups, quarantineGroups } from './left-groups.js';
import { overruledWords } from './overruled-words.js';

type Live = NonNullable<WorkflowLiveQuery['workflow']>;
type Part = { id: string; stageKey: string };
type Asked = { of: 'hold' | 'quarantine'; parts: Part[] } | { of: 'overlay'; id: string; stageName: string };

const stagesOf = (parts: readonly Part[]) => parts.map(({ stageKey }) => wordOfStage(stageKey)).join(', ');
const nameOf = ({ stageKey }: { stageKey: string | null }) =>
  stageKey === null ? 'no stage' : wordOfStage(stageKey);
const forWhom = (segment: unknown) => {
  const words = segmentWords(segment);
  return words ? `where ${words}` : 'for everybody';
};

/** What rollbacks left behind, and the ways to end it. */
export function LeftBehind({ live }: { live: Live }) {
  const pathOf = ({ id }: LeftByFragment) => `/workflows/${live.id}/rollbacks/${id}`;
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  // Drills end by themselves, and have a place of their own.
  const overlays = live.overlays.filter(({ rollback }) => rollback.kind !== 'drill');
  const none = overlays.length + live.holds.length + live.quarantines.length === 0;
  return (
    <Section title="Left by rollbacks" flush>
      {none ? (
        <EmptyState>No overlay, hold or quarantine: what the stages hold is what is served.</EmptyState>
      ) : (
        <RowList label="Left by rollbacks">
          {overlays.map((one) => (
            <Row
              key={one.id}
              chip={<ToneChip tone="warn">Overlay</ToneChip>}
              words={`${overlayWords(one.kind)} in ${nameOf(one)}, ${forWhom(one.segment)}`}
              by={one.rollback}
              to={pathOf(one.rollback)}
              since={one.from}
              note={overruledWords(one)}
              action={one.viewerCanEnd ? 'End' : null}
              onAct={() => setAsked({ of: 'overlay', id: one.id, stageName: nameOf(one) })}
            />
          ))}
          {holdGroups(live).map(({ key, parts }) => (
            <Row
              key={key}
              chip={<ToneChip tone="warn">Hold</ToneChip>}
              words={`No promotion into ${stagesOf(parts)}`}
              by={parts[0]?.rollback}
              to={parts[0] && pathOf(parts[0].rollback)}
              since={parts[0]?.from ?? ''}
              action={parts[0]?.viewerCanLift ? 'Lift' : null}
              note={parts[0]?.viewerCannotLiftReason}
              onAct={() => setAsked({ of: 'hold', parts })}
            />
          ))}
          {quarantineGroups(live).map(({ key, parts }) => (
            <Row
              key={key}
              chip={<ToneChip tone="bad">Quarantine</ToneChip>}
              words={`#${String(parts[0]?.release.number)} ${parts[0]?.release.alias ?? ''} in ${stagesOf(parts)}, ${forWhom(parts[0]?.segment)}`}
              by={parts[0]?.rollback}
              to={parts[0] && pathOf(parts[0].rollback)}
              since={parts[0]?.from ?? ''}
              action={parts[0]?.viewerCanClear ? 'Clear' : null}
              note={parts[0]?.viewerCannotClearReason}
              onAct={() => setAsked({ of: 'quarantine', parts })}
            />
          ))}
        </RowList>
      )}
      {asked?.of === 'hold' && <LiftDialog parts={asked.parts} onClose={close} />}
      {asked?.of === 'overlay' && <EndDialog id={asked.id} stageName={asked.stageName} onClose={close} />}
      {asked?.of === 'quarantine' && <ClearDialog parts={asked.parts} onClose={close} />}
    </Section>
  );
}

interface RowProps {
  chip: ReactNode;
  words: string;
  /** The rollback that left it, and where it is shown. */
  by: LeftByFragment | undefined;
  to: string | undefined;
  since: string;
  action: string | null;
  /** That it takes no effect, or why it cannot be ended. */
  note?: string | null;
  onAct: () => void;
}

function Row({ chip, words, by, to, since, action, note, onAct }: RowProps) {
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      {chip}
      <Box sx={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>
        <Typography variant="body2">
          {words}
          {by && to && (
            <>
              , by <TextLink to={to}>rollback #{by.number}</TextLink>
            </>
          )}
          , <Age at={since} />
        </Typography>
        {by?.reason && (
          <Typography variant="body2" color="textSecondary">
            Because: {by.reason}
          </Typography>
        )}
        {note && (
          <Typography variant="body2" color="textSecondary">
            {note}
          </Typography>
        )}
      </Box>
      {action && (
        <Button
          size="small"
          variant="outlined"
          onClick={onAct}
          aria-label={`${action}: ${words}${by ? `, by #${String(by.number)}` : ''}`}
        >
          {action}
        </Button>
      )}
    </Box>
  );
}
