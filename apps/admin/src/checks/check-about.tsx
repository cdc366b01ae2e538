import type { CheckDefinitionFragment, RiskTier } from '../api/generated/documents.js';
import { drillCheckId, DrillHint } from '../drills/drill-check.js';
import { counted } from '../live/live-words.js';
import { wordOfRole } from '../teams/role-words.js';
import { Facts } from '../ui/facts.js';
import { Section } from '../ui/section.js';
import { modeWords, requiredFromText } from './check-words.js';

const about: Record<string, string> = {
  change: 'The change: every release is asked again where what it names differs',
  soak: 'Traffic in the stage before',
  standing: 'How the workflow is run',
};

interface Props {
  check: CheckDefinitionFragment;
  tier: RiskTier | null;
  /** Null for a check of the organisation, which no workflow answers. */
  workflowId: string | null;
}

export function CheckAbout({ check, tier, workflowId }: Props) {
  return (
    <Section
      title={`${check.id}: ${check.text}`}
      intro={workflowId !== null && check.id === drillCheckId && <DrillHint workflowId={workflowId} />}
    >
      <Facts
        facts={[
          ['Decided', modeWords(check)],
          ['About', about[check.about] ?? check.about],
          tier !== null && ['Required', requiredFromText(check, tier)],
          ['Answered by', wordOfRole(check.answeredBy)],
          check.passWhen && ['Passes when', check.passWhen],
          check.interimReason && ['Not computed yet', check.interimReason],
          check.evidenceDescription && ['Evidence', check.evidenceDescription],
          check.ticketSuffices && [
            'For a first release',
            'A ticket with a due date is enough to enter Internal',
          ],
          [
            'Holds for',
            check.maxAgeDays === null
              ? 'As long as nothing that it names changes'
              : counted(check.maxAgeDays, 'day'),
          ],
          [
            'Falls when these change',
            check.invalidatedBy.length > 0 ? check.invalidatedBy.join(', ') : 'Nothing',
          ],
          ['Waiver', check.waivable ? `For at most ${counted(check.waiverMaxDays, 'day')}` : 'Never'],
        ]}
      />
    </Section>
  );
}
