import { HoldLiftDocument, QuarantineClearDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ReasonDialog } from './reason-dialog.js';
import { StageParts } from './stage-parts.js';
import { usePartsActs } from './use-parts-acts.js';

interface PartsProps {
  parts: readonly { id: string; stageKey: string }[];
  onClose: () => void;
}

export function LiftDialog({ parts, onClose }: PartsProps) {
  const act = useAct(HoldLiftDocument, 'holdLift');
  const { left, chosen, setChosen, running, words, run } = usePartsActs(parts, 'lifted', onClose);
  return (
    <ReasonDialog
      title="Lift the hold"
      about="Nothing that is served changes. Promotions are let in again, each through its own gates. A different person than who rolled back lifts it, once the incident is at least monitored."
      confirm="Lift"
      label="Why promotions may go on"
      pending={running}
      problems={act.problems}
      disabled={chosen.length === 0}
      onClose={onClose}
      onConfirm={(note) => void run((holdId) => act.run({ holdId, note }))}
    >
      {!running && <StageParts parts={left} chosen={chosen} onChange={setChosen} />}
      {words !== null && <p role="status">{words}</p>}
    </ReasonDialog>
  );
}

export function ClearDialog({ parts, onClose }: PartsProps) {
  const act = useAct(QuarantineClearDocument, 'quarantineClear');
  const { left, chosen, setChosen, running, words, run } = usePartsActs(parts, 'cleared', onClose);
  return (
    <ReasonDialog
      title="Clear the quarantine"
      about="The release may be served and promoted again. What the stages hold decides whether it is served at once."
      confirm="Clear"
      label="Why it is fit to be served"
      pending={running}
      problems={act.problems}
      disabled={chosen.length === 0}
      onClose={onClose}
      onConfirm={(reason) => void run((quarantineId) => act.run({ quarantineId, reason }))}
    >
      {!running && <StageParts parts={left} chosen={chosen} onChange={setChosen} />}
      {words !== null && <p role="status">{words}</p>}
    </ReasonDialog>
  );
}
