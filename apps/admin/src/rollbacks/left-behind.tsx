import { useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import {
  HoldLiftDocument,
  OverlayEndDocument,
  QuarantineClearDocument,
  type WorkflowLiveQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { segmentWords } from '../live/live-words.js';
import { incompleteChecks } from '../promotions/waits-for.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { ReasonDialog } from './reason-dialog.js';

type Live = NonNullable<WorkflowLiveQuery['workflow']>;
type Asked = { of: 'hold' | 'overlay' | 'quarantine'; id: string };

/** What rollbacks left behind, and the ways to end it. */
export function LeftBehind({ live }: { live: Live }) {
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
              words={`${one.kind} over ${one.stageKey ? wordOfStage(one.stageKey) : 'who is in no stage'}, ${segmentWords(one.segment) ?? 'for everybody'}, by #${String(one.rollback.number)}`}
              since={one.from}
              action={one.viewerCanEnd ? 'End' : null}
              onAct={() => setAsked({ of: 'overlay', id: one.id })}
            />
          ))}
          {live.holds.map((one) => (
            <Row
              key={one.id}
              chip={<ToneChip tone="warn">Hold</ToneChip>}
              words={`No promotion into ${wordOfStage(one.stageKey)}, by #${String(one.rollback.number)}`}
              since={one.from}
              action={one.viewerCanLift ? 'Lift' : null}
              whyNot={one.viewerCannotLiftReason}
              onAct={() => setAsked({ of: 'hold', id: one.id })}
            />
          ))}
          {live.quarantines.map((one) => (
            <Row
              key={one.id}
              chip={<ToneChip tone="bad">Quarantine</ToneChip>}
              words={`#${String(one.release.number)} ${one.release.alias} in ${wordOfStage(one.stageKey)}, ${segmentWords(one.segment) ?? 'for everybody'}`}
              since={one.from}
              action={one.viewerCanClear ? 'Clear' : null}
              onAct={() => setAsked({ of: 'quarantine', id: one.id })}
            />
          ))}
        </RowList>
      )}
      {asked?.of === 'hold' && <LiftDialog id={asked.id} onClose={close} />}
      {asked?.of === 'overlay' && <EndDialog id={asked.id} onClose={close} />}
      {asked?.of === 'quarantine' && <ClearDialog id={asked.id} onClose={close} />}
    </Section>
  );
}

interface RowProps {
  chip: ReactNode;
  words: string;
  since: string;
  action: string | null;
  whyNot?: string | null;
  onAct: () => void;
}

function Row({ chip, words, since, action, whyNot, onAct }: RowProps) {
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      {chip}
      <Box sx={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>
        <Typography variant="body2">
          {words}, <Age at={since} />
        </Typography>
        {whyNot && (
          <Typography variant="body2" color="textSecondary">
            {whyNot}
          </Typography>
        )}
      </Box>
      {action && (
        <Button size="small" variant="outlined" onClick={onAct} aria-label={`${action}: ${words}`}>
          {action}
        </Button>
      )}
    </Box>
  );
}

interface DialogProps {
  id: string;
  onClose: () => void;
}

function LiftDialog({ id, onClose }: DialogProps) {
  const act = useAct(HoldLiftDocument, 'holdLift');
  return (
    <ReasonDialog
      title="Lift the hold"
      about="Nothing that is served changes. Promotions are let in again, each through its own gates. A different person than who rolled back lifts it, once the incident is at least monitored."
      confirm="Lift"
      label="Why promotions may go on"
      pending={act.pending}
      problems={act.problems}
      onClose={onClose}
      onConfirm={(note) => void act.run({ holdId: id, note }).then((done) => done && onClose())}
    />
  );
}

function ClearDialog({ id, onClose }: DialogProps) {
  const act = useAct(QuarantineClearDocument, 'quarantineClear');
  return (
    <ReasonDialog
      title="Clear the quarantine"
      about="The release may be served and promoted again. What the stages hold decides whether it is served at once."
      confirm="Clear"
      label="What shows that it is fit to be served"
      pending={act.pending}
      problems={act.problems}
      onClose={onClose}
      onConfirm={(reason) => void act.run({ quarantineId: id, reason }).then((done) => done && onClose())}
    />
  );
}

function EndDialog({ id, onClose }: DialogProps) {
  const act = useAct(OverlayEndDocument, 'overlayEnd');
  const [blockedBy, setBlockedBy] = useState<string[]>([]);
  const run = async () => {
    const payload = await act.run({ overlayId: id });
    if (!payload) return;
    const missing = payload.readiness ? incompleteChecks(payload.readiness).map((check) => check.id) : [];
    if (missing.length > 0 && !payload.overlay?.to) setBlockedBy(missing);
    else onClose();
  };
  const blocked = {
    code: 'GATE_BLOCKED',
    message: `Not ended: ${blockedBy.join(', ')} incomplete.`,
    field: null,
  };
  return (
    <ReasonDialog
      title="End the overlay"
      about="What lies below is served again, at once. The gates are judged for the release that would then be served; nothing ends while one is incomplete."
      confirm="End"
      pending={act.pending}
      problems={blockedBy.length > 0 ? [blocked] : act.problems}
      onClose={onClose}
      onConfirm={() => void run()}
    />
  );
}
