import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { wordOfRole } from '../teams/role-words.js';
import { Age } from '../ui/age.js';
import { shortDigest } from '../ui/digest.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { PromotionData } from './promotion-page.js';
import { verdicts } from './promotion-words.js';

/** Reviews with the digest that each was given on. A stale one names the fields that have changed since. */
export function ReviewList({ promotion }: { promotion: PromotionData }) {
  return (
    <Section title="Reviews" flush>
      {promotion.reviews.length === 0 ? (
        <EmptyState>No review yet.</EmptyState>
      ) : (
        <RowList>
          {promotion.reviews.map((review) => (
            <li key={review.id}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
                <ToneChip tone={review.current ? verdicts[review.verdict].tone : 'plain'}>
                  {verdicts[review.verdict].done}
                </ToneChip>
                {!review.current && <ToneChip tone="warn">Stale</ToneChip>}
                <Typography variant="body2" component="span">
                  {review.reviewer.name}
                  {review.roles.length > 0 && ` as ${review.roles.map(wordOfRole).join(', ').toLowerCase()}`}
                </Typography>
              </Box>
              <Typography variant="caption" color="textSecondary" component="div">
                #{review.release.number} <code>{shortDigest(review.digest)}</code>,{' '}
                <Age at={review.createdAt} />
              </Typography>
              {review.comment && <Typography variant="body2">{review.comment}</Typography>}
              {review.staleFields.length > 0 && (
                <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
                  Changed since: {review.staleFields.join(', ')}
                </Typography>
              )}
            </li>
          ))}
        </RowList>
      )}
    </Section>
  );
}
