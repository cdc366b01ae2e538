import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useParams } from 'react-router-dom';
import { BreakGlassUsePageDocument, type BreakGlassUsePageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { Age } from '../ui/age.js';
import { Facts } from '../ui/facts.js';
import { GateList } from '../ui/gate-list.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { AfterwardsForm } from './afterwards-form.js';

export type UseData = NonNullable<BreakGlassUsePageQuery['breakGlassUse']>;

/** One promotion past incomplete gates: who, what, why, and what a different person finds afterwards. */
export function BreakGlassPage() {
  const { useId = '' } = useParams();
  const query = useApi(BreakGlassUsePageDocument, { id: useId });
  return (
    <Loaded query={query}>
      {({ breakGlassUse }) => (breakGlassUse ? <UseView use={breakGlassUse} /> : <NotFound />)}
    </Loaded>
  );
}

function UseView({ use }: { use: UseData }) {
  const { workflow, incident, release, promotion, readiness } = use;
  return (
    <Page
      title={`Break-glass into ${wordOfStage(use.stageKey)}: #${String(release.number)} ${release.alias}`}
      crumbs={[
        { label: workflow.name, to: `/workflows/${workflow.id}` },
        {
          label: `Incident #${String(incident.number)}`,
          to: `/workflows/${workflow.id}/incidents/${incident.id}`,
        },
      ]}
      summary={<Standing use={use} />}
    >
      <Box
        sx={{
          display: 'grid',
          alignItems: 'start',
          columnGap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 360px' },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Section title="What was done">
            <Facts
              facts={[
                ['Passed over', use.checkIds.join(', ')],
                ['Why', use.reason],
                ['By', <ByWhom key="by" name={use.executedBy.name} at={use.createdAt} />],
                ['Granted by', use.grantedBy.name],
                [
                  'For',
                  <TextLink key="for" to={`/workflows/${workflow.id}/incidents/${incident.id}`}>
                    incident #{incident.number} {incident.title}
                  </TextLink>,
                ],
                [
                  'Promotion',
                  <TextLink key="promotion" to={`/promotions/${promotion.id}`}>
                    changes, evals and reviews
                  </TextLink>,
                ],
              ]}
            />
          </Section>
          {readiness && (
            <Section title="Readiness it was made on" flush>
              <GateList gates={readiness.gates} />
            </Section>
          )}
        </Box>
        <Box component="aside" aria-label="Review" sx={{ minWidth: 0 }}>
          <AfterwardsForm use={use} />
        </Box>
      </Box>
    </Page>
  );
}

function Standing({ use: { review, reviewDueAt } }: { use: UseData }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.25 }}>
      {review ? (
        <ToneChip tone={review.verdict === 'justified' ? 'good' : 'bad'}>
          {review.verdict === 'justified' ? 'Found justified' : 'Found unjustified'}
        </ToneChip>
      ) : (
        <>
          <ToneChip tone="warn">Not reviewed yet</ToneChip>
          <Typography variant="body2">
            Due <Age at={reviewDueAt} />
          </Typography>
        </>
      )}
    </Box>
  );
}

function ByWhom({ name, at }: { name: string; at: string }) {
  return (
    <>
      {name}, <Age at={at} />
    </>
  );
}
