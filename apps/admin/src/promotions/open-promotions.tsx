import Typography from '@mui/material/Typography';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowReadiness } from '../workflows/readiness-screen.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { promotionKinds } from './promotion-words.js';

export function OpenPromotions({ promotions }: { promotions: WorkflowReadiness['openPromotions'] }) {
  if (promotions.length === 0) return null;
  return (
    <Section title="Open promotions" flush>
      <RowList>
        {promotions.map((promotion) => (
          <li key={promotion.id}>
            <TextLink to={`/promotions/${promotion.id}`}>
              {promotionKinds[promotion.kind].word} #{promotion.release.number} to{' '}
              {wordOfStage(promotion.toStageKey)}
            </TextLink>
            <Typography variant="body2" color="textSecondary">
              {promotion.currentApprovals} of {promotion.requiredApprovals} approvals, requested by{' '}
              {promotion.requestedBy.name} <Age at={promotion.createdAt} />
            </Typography>
          </li>
        ))}
      </RowList>
    </Section>
  );
}
