import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { wordOfRole } from '../teams/role-words.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { FixFacts } from './fix-facts.js';
import type { PromotionData } from './promotion-page.js';
import { promotionStates } from './promotion-words.js';

export function PromotionSummary({ promotion }: { promotion: PromotionData }) {
  const state = promotionStates[promotion.state];
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}>
        <ToneChip tone={state.tone}>{state.word}</ToneChip>
        <ToneChip
          tone={
            promotion.currentApprovals >= promotion.requiredApprovals && promotion.missingRoles.length === 0
              ? 'good'
              : 'wait'
          }
        >
          {promotion.currentApprovals} of {promotion.requiredApprovals} approvals
        </ToneChip>
        {promotion.missingRoles.map((role) => (
          <ToneChip key={role} tone="wait">
            Needs a {wordOfRole(role).toLowerCase()}
          </ToneChip>
        ))}
        <Typography variant="body2" component="span">
          Release{' '}
          <TextLink to={`/workflows/${promotion.workflow.id}/releases/${promotion.release.id}`}>
            #{promotion.release.number} {promotion.release.alias}
          </TextLink>
        </Typography>
        <Digest value={promotion.digest} />
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
        Requested by {promotion.requestedBy.name} <Age at={promotion.createdAt} />
        {promotion.note && `: ${promotion.note}`}
      </Typography>
      <FixFacts promotion={promotion} />
      {promotion.moves.length > 1 && (
        <Typography variant="body2" color="textSecondary">
          Stages:{' '}
          {promotion.moves
            .map(
              (move) => `${wordOfStage(move.stageKey)} (${promotionStates[move.state].word.toLowerCase()})`,
            )
            .join(', ')}
        </Typography>
      )}
    </Box>
  );
}
