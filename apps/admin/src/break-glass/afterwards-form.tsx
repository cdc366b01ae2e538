import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'react-admin';
import { BreakGlassReviewDocument, type BreakGlassVerdict } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { Age } from '../ui/age.js';
import { ProblemList } from '../ui/problem-list.js';
import { Section } from '../ui/section.js';
import type { UseData } from './break-glass-page.js';

/** The word of a different person than who gave the grant and who used it; given once. */
export function AfterwardsForm({ use }: { use: UseData }) {
  const [comment, setComment] = useState('');
  const notify = useNotify();
  const act = useAct(BreakGlassReviewDocument, 'breakGlassReview');
  const give = async (verdict: BreakGlassVerdict) => {
    if (await act.run({ useId: use.id, verdict, comment })) notify('Reviewed.', { type: 'success' });
  };
  if (use.review) {
    const { verdict, reviewer, createdAt, comment: found } = use.review;
    return (
      <Section title={verdict === 'justified' ? 'Found justified' : 'Found unjustified'}>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {found}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {reviewer.name}, <Age at={createdAt} />
        </Typography>
      </Section>
    );
  }
  return (
    <Section title="Your review" id="review">
      <Box sx={{ display: 'grid', gap: 1.25 }}>
        <Typography variant="body2">
          Was it right to pass these checks? What is live does not change by this. A release found justified
          can be gone back to later; one found unjustified cannot.
        </Typography>
        {!use.viewerCanReview && use.viewerCannotReviewReason && (
          <Alert severity="info">{use.viewerCannotReviewReason}</Alert>
        )}
        {use.viewerCanReview && (
          <>
            <TextField
              label="What you found"
              value={comment}
              onChange={(event) => setComment(event.target.value)}
              multiline
              minRows={3}
              required
            />
            <ProblemList problems={act.problems} />
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
              <Button
                variant="contained"
                disabled={comment.trim() === ''}
                loading={act.pending}
                onClick={() => void give('justified')}
              >
                Justified
              </Button>
              <Button
                variant="outlined"
                disabled={comment.trim() === '' || act.pending}
                onClick={() => void give('unjustified')}
              >
                Not justified
              </Button>
            </Box>
          </>
        )}
      </Box>
    </Section>
  );
}
