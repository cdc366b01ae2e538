import { TextLink } from '../ui/text-link.js';

/** The check that a drill answers: there is something to go back to, and going back was rehearsed. */
export const drillCheckId = 'RO-2';

/** Said of that check, so that whoever is asked for a rehearsal finds where one is held. */
export function DrillHint({ workflowId }: { workflowId: string }) {
  return (
    <>
      A drill that an instance confirmed answers this: start one under{' '}
      <TextLink to={`/workflows/${workflowId}/live`}>Drills</TextLink>.
    </>
  );
}
