import type { WorkflowRowFragment } from '../api/generated/documents.js';
import { ToneChip } from '../ui/tone-chip.js';

/** In a few words: what the newest release could enter next, and how far it is. A retired workflow goes nowhere. */
export function NextStep({ workflow }: { workflow: WorkflowRowFragment }) {
  const { nextStage, nextReadiness, latestRelease, retiredAt } = workflow;
  if (retiredAt) return null;
  if (!latestRelease) return <ToneChip tone="plain">No release yet</ToneChip>;
  if (!nextStage || !nextReadiness)
    return workflow.stages.every(({ served }) => served.outcome === 'release') ? (
      <ToneChip tone="good">Live everywhere</ToneChip>
    ) : (
      <ToneChip tone="warn">Rolled back</ToneChip>
    );
  if (nextReadiness.complete) return <ToneChip tone="good">Ready for {nextStage.current.name}</ToneChip>;
  const open = nextReadiness.gates.filter((gate) => !gate.complete).length;
  return (
    <ToneChip tone="bad">
      {open} {open === 1 ? 'gate' : 'gates'} incomplete for {nextStage.current.name}
    </ToneChip>
  );
}
