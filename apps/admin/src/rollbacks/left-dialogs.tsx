import { useState } from 'react';
import { HoldLiftDocument, QuarantineClearDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
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
      label="Why it is fit to be served"
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
