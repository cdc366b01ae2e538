import { useState } from 'react';
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import {
  RollbackPageDocument,
  RollbackReviewDocument,
  type RollbackPageQuery,
  type RollbackVerdict,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { EffectView } from '../live/effect-view.js';
import { leverWords, segmentWords, upperFirst } from '../live/live-words.js';
import { useReleaseNames } from '../live/use-release-names.js';
import { Age } from '../ui/age.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { ReasonDialog } from './reason-dialog.js';
import { WhatItLeft } from './what-it-left.js';

type Rollback = NonNullable<RollbackPageQuery['rollback']>;

const verdictWords: Record<RollbackVerdict, string> = {
  justified: 'Justified',
  unjustified: 'Not justified',
};

/** One rollback or drill: what it did, what it came to, and what another person found. */
export function RollbackScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { rollbackId = '' } = useParams();
  const query = useApi(RollbackPageDocument, { id: rollbackId });
  return (
    <Loaded query={query}>
      {({ rollback }) =>
        rollback?.workflow?.id === workflow.id ? (
          <RollbackView rollback={rollback} workflowId={workflow.id} />
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function RollbackView({ rollback, workflowId }: { rollback: Rollback; workflowId: string }) {
  const { incident, review, reviewDueAt } = rollback;
  const names = useReleaseNames(workflowId);
  return (
    <>
      <TextLink to={`/workflows/${workflowId}/live`} sx={{ display: 'inline-block', mb: 1 }}>
        All that is live
      </TextLink>
      <Section title={`${rollback.kind === 'drill' ? 'Drill' : 'Rollback'} #${String(rollback.number)}`}>
        <Facts
          facts={[
            ['Levers', upperFirst(rollback.levers.map((lever) => leverWords(lever, names)).join(', and '))],
            ['Stages', rollback.stageKeys.map(wordOfStage).join(', ')],
            ['For', segmentWords(rollback.segment) ?? 'Everybody'],
            ['By', rollback.triggeredByName],
            rollback.reason && ['Reason', rollback.reason],
            incident && [
              'Incident',
              <TextLink key="i" to={`/workflows/${workflowId}/incidents/${incident.id}`}>
                #{incident.number} {incident.title}
              </TextLink>,
            ],
            review
              ? [
                  'Looked at',
                  `${verdictWords[review.verdict]}, by ${review.reviewer.name}: ${review.comment}`,
                ]
              : reviewDueAt && [
                  'Review owed',
                  <>
                    by a different person, due <Age at={reviewDueAt} />
                  </>,
                ],
          ]}
        />
        {rollback.viewerCanReview && <ReviewButtons id={rollback.id} />}
      </Section>
      <Section title="Effect">
        <EffectView rollback={rollback} />
      </Section>
      {rollback.kind === 'rollback' && <WhatItLeft rollback={rollback} workflowId={workflowId} />}
    </>
  );
}

function ReviewButtons({ id }: { id: string }) {
  const [verdict, setVerdict] = useState<RollbackVerdict | null>(null);
  const act = useAct(RollbackReviewDocument, 'rollbackReview');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
      <Button variant="outlined" onClick={() => setVerdict('justified')}>
        It was justified
      </Button>
      <Button variant="outlined" onClick={() => setVerdict('unjustified')}>
        It was not
      </Button>
      {verdict && (
        <ReasonDialog
          title={`${verdictWords[verdict]}?`}
          about="Nothing that is served changes by this. It settles the review that every rollback owes."
          confirm="Record"
          label="What you found"
          pending={act.pending}
          problems={act.problems}
          onClose={() => setVerdict(null)}
          onConfirm={(comment) =>
            void act.run({ rollbackId: id, verdict, comment }).then((done) => done && setVerdict(null))
          }
        />
      )}
    </Box>
  );
}
