import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useParams } from 'react-router-dom';
import { PromotionPageDocument, type PromotionPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { BreakGlassBanner } from '../break-glass/break-glass-banner.js';
import { UseSection } from '../break-glass/use-section.js';
import { ReleaseDiffList } from '../releases/release-diff.js';
import { shortDigest } from '../ui/digest.js';
import { EmptyState } from '../ui/empty-state.js';
import { GateList } from '../ui/gate-list.js';
import { JumpLinks } from '../ui/jump-links.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { EvalComparisonTable } from './eval-comparison.js';
import { MovedSince } from './moved-since.js';
import { PromotionActions } from './promotion-actions.js';
import { PromotionSummary } from './promotion-summary.js';
import { promotionKinds } from './promotion-words.js';
import { ReviewForm } from './review-form.js';
import { ReviewList } from './review-list.js';
import { Shortcuts } from './shortcuts.js';

export type PromotionData = NonNullable<PromotionPageQuery['promotion']>;

export function PromotionPage() {
  const { promotionId = '' } = useParams();
  const query = useApi(PromotionPageDocument, { id: promotionId });
  // What an earlier visit left behind is not what the reader opened: the review begins with the first fresh answer.
  const [opened, setOpened] = useState<string | null>(null);
  if (opened !== promotionId && !query.isFetching) setOpened(promotionId);
  return (
    <Loaded query={query}>
      {({ promotion }) =>
        promotion ? (
          <ReviewPage key={`${promotion.id} ${String(opened === promotionId)}`} newest={promotion} />
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

/**
 * The review page. What is under review stays as it was when it was opened, even when a live update brings a newer
 * release: the reader decides when to move on, and what is approved is what was read.
 */
function ReviewPage({ newest }: { newest: PromotionData }) {
  const [shown, setShown] = useState(newest);
  // What the viewer did is no news: after their own retarget the page follows.
  const [own, setOwn] = useState<string | null>(null);
  if (newest.digest === own && shown.digest !== own) setShown(newest);
  const moved = newest.digest !== shown.digest;
  const promotion = moved ? shown : newest;
  const next = newest.nextMove;
  return (
    <Page
      title={`${promotionKinds[promotion.kind].title} ${wordOfStage(promotion.toStageKey)}: #${promotion.release.number} ${promotion.release.alias}`}
      crumbs={[
        { label: 'Promotions', to: '/promotions' },
        { label: promotion.workflow.name, to: `/workflows/${promotion.workflow.id}` },
      ]}
      summary={<PromotionSummary promotion={newest} />}
    >
      <BreakGlassBanner uses={newest.workflow.unreviewedBreakGlass} workflowId={newest.workflow.id} />
      {moved && (
        <Alert
          severity="warning"
          role="alert"
          sx={{ mb: 2 }}
          action={
            <Button color="inherit" onClick={() => setShown(newest)}>
              Show the new release
            </Button>
          }
        >
          The promotion was moved to #{newest.release.number} {newest.release.alias} since you opened this
          page. You are still reading #{promotion.release.number} ({shortDigest(promotion.digest)}).
          <MovedSince from={shown.release} to={newest.release} />
        </Alert>
      )}
      <JumpLinks
        places={[
          { id: 'changes', label: 'Changes' },
          { id: 'evals', label: 'Evals' },
          { id: 'readiness', label: 'Readiness' },
          { id: 'decision', label: 'Decision' },
        ]}
      />
      <Box
        sx={{
          display: 'grid',
          alignItems: 'start',
          columnGap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 360px' },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Section
            id="changes"
            title="Changes"
            intro={
              promotion.baseline
                ? `Against #${promotion.baseline.number} ${promotion.baseline.alias}, which is live. The most dangerous first.`
                : next
                  ? `Nothing is live in ${wordOfStage(next.stageKey)} or after it: everything is new there.`
                  : 'Nothing was live there: everything was new.'
            }
            flush
          >
            <ReleaseDiffList diff={promotion.diff} />
          </Section>
          <EvalComparisonTable promotion={promotion} />
          <Section
            id="readiness"
            title={next ? `Readiness for ${wordOfStage(next.stageKey)}` : 'Readiness'}
            flush
          >
            {newest.readiness ? (
              <GateList gates={newest.readiness.gates} />
            ) : (
              <EmptyState>This promotion is closed.</EmptyState>
            )}
          </Section>
        </Box>
        <Box component="aside" id="decision" tabIndex={-1} aria-label="Decision" sx={{ minWidth: 0 }}>
          {newest.viewerCanReview && <ReviewForm promotion={promotion} newest={newest} />}
          <PromotionActions promotion={newest} moved={moved} onRetarget={setOwn} />
          {!newest.viewerCanReview && <ReviewForm promotion={promotion} newest={newest} />}
          <UseSection promotion={newest} moved={moved} />
          <ReviewList promotion={newest} />
          <Shortcuts />
        </Box>
      </Box>
    </Page>
  );
}
