import { useEffect, useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useGetIdentity, useNotify, usePermissions } from 'react-admin';
import { PromotionReviewDocument, type ReviewVerdict } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { shortDigest } from '../ui/digest.js';
import { ProblemList } from '../ui/problem-list.js';
import { Section } from '../ui/section.js';
import type { PromotionData } from './promotion-page.js';
import { verdicts } from './promotion-words.js';
import { useReviewKeys, useShortcuts } from './use-shortcuts.js';

interface Props {
  /** What the reader has in front of them; the verdict is bound to its digest. */
  promotion: PromotionData;
  newest: PromotionData;
}

/** The verdict, on exactly what was shown. */
export function ReviewForm({ promotion, newest }: Props) {
  const [comment, setComment] = useState('');
  const [confirms, setConfirms] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const notify = useNotify();
  const act = useAct(PromotionReviewDocument, 'promotionReview');
  const give = async (verdict: ReviewVerdict) => {
    const payload = await act.run({
      promotionId: promotion.id,
      digest: promotion.digest,
      verdict,
      comment,
      confirmsAnswers: verdict === 'approve' && confirms,
    });
    if (!payload) return;
    setComment('');
    setConfirms(false);
    notify(`${verdicts[verdict].done}.`, { type: 'success' });
  };
  const { clear } = act;
  useEffect(clear, [clear, promotion.digest]);
  const { identity } = useGetIdentity();
  const { areOn } = useReviewKeys();
  useShortcuts(areOn ? { c: () => field.current?.focus() } : {});
  const { permissions } = usePermissions<string[]>();
  const mayComment = permissions?.includes('promotion.review') ?? false;
  if (newest.state !== 'open') return null;
  const given = newest.reviews.find(
    (review) => review.current && review.verdict !== 'comment' && review.reviewer.id === identity?.id,
  );
  return (
    <Section title="Your review" id="review">
      <Box sx={{ display: 'grid', gap: 1.25 }}>
        <Typography variant="body2">
          Binds to <code title={promotion.digest}>{shortDigest(promotion.digest)}</code>, release #
          {promotion.release.number} {promotion.release.alias}. It counts no more when the release changes.
        </Typography>
        {!newest.viewerCanReview && newest.viewerCannotReviewReason && (
          <Alert severity="info">{newest.viewerCannotReviewReason}</Alert>
        )}
        {given && (
          <Alert severity="success">
            You have{' '}
            {given.verdict === 'approve' ? 'approved this digest' : 'requested changes to this digest'}.
          </Alert>
        )}
        <TextField
          label="Comment"
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          multiline
          minRows={3}
          inputRef={field}
          helperText="Needed to request changes or comment"
        />
        {newest.viewerCanReview && (
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                checked={confirms}
                onChange={(event) => setConfirms(event.target.checked)}
              />
            }
            label="I have looked at the checklist answers that this change made stale, or that only its authors gave: they hold for it"
          />
        )}
        <ProblemList problems={act.problems} />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <Button
            variant={given?.verdict === 'approve' ? 'outlined' : 'contained'}
            disabled={!newest.viewerCanReview}
            loading={act.pending}
            onClick={() => void give('approve')}
          >
            Approve {shortDigest(promotion.digest)}
          </Button>
          <Button
            variant="outlined"
            disabled={!newest.viewerCanReview || comment.trim() === '' || act.pending}
            onClick={() => void give('request_changes')}
          >
            Request changes
          </Button>
          <Button
            disabled={!mayComment || comment.trim() === '' || act.pending}
            onClick={() => void give('comment')}
          >
            Comment
          </Button>
        </Box>
      </Box>
    </Section>
  );
}
