import { useState } from 'react';
import { HoldLiftDocument, OverlayEndDocument, QuarantineClearDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { incompleteChecks } from '../promotions/waits-for.js';
import { ReasonDialog } from './reason-dialog.js';
import { StageParts } from './stage-parts.js';

interface PartsProps {
  parts: readonly { id: string; stageKey: string }[];
  onClose: () => void;
}

/** One act per stage, one after the other; the first that is refused stops it and says why. */
function usePartsActs(parts: PartsProps['parts'], onClose: () => void) {
  const [chosen, setChosen] = useState(parts.map(({ id }) => id));
  const run = async (act: (id: string) => Promise<unknown>) => {
    for (const id of chosen) {
      if (!(await act(id))) return;
      setChosen((old) => old.filter((one) => one !== id));
    }
    onClose();
  };
  return { chosen, setChosen, run };
}

export function LiftDialog({ parts, onClose }: PartsProps) {
  const act = useAct(HoldLiftDocument, 'holdLift');
  const { chosen, setChosen, run } = usePartsActs(parts, onClose);
  return (
    <ReasonDialog
      title="Lift the hold"
      about="Nothing that is served changes. Promotions are let in again, each through its own gates. A different person than who rolled back lifts it, once the incident is at least monitored."
      confirm="Lift"
      label="Why promotions may go on"
      pending={act.pending}
      problems={act.problems}
      disabled={chosen.length === 0}
      onClose={onClose}
      onConfirm={(note) => void run((holdId) => act.run({ holdId, note }))}
    >
      <StageParts parts={parts} chosen={chosen} onChange={setChosen} />
    </ReasonDialog>
  );
}

export function ClearDialog({ parts, onClose }: PartsProps) {
  const act = useAct(QuarantineClearDocument, 'quarantineClear');
  const { chosen, setChosen, run } = usePartsActs(parts, onClose);
  return (
    <ReasonDialog
      title="Clear the quarantine"
      about="The release may be served and promoted again. What the stages hold decides whether it is served at once."
      confirm="Clear"
      label="What shows that it is fit to be served"
      pending={act.pending}
      problems={act.problems}
      disabled={chosen.length === 0}
      onClose={onClose}
      onConfirm={(reason) => void run((quarantineId) => act.run({ quarantineId, reason }))}
    >
      <StageParts parts={parts} chosen={chosen} onChange={setChosen} />
    </ReasonDialog>
  );
}

export function EndDialog({ id, onClose }: { id: string; onClose: () => void }) {
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
