import Box from '@mui/material/Box';
import { WorkflowReadinessDocument, type WorkflowReadinessQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { OpenPromotions } from '../promotions/open-promotions.js';
import { PromotePanel } from '../promotions/promote-panel.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { GateList } from '../ui/gate-list.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { StageTrack } from '../ui/stage-track.js';
import { AdoptionDebts } from './adoption-debts.js';
import { NewerPrompts } from './newer-prompts.js';
import { NextThing } from './next-thing.js';
import type { WorkflowHeader } from './workflow-pages.js';

export type WorkflowReadiness = NonNullable<WorkflowReadinessQuery['workflow']>;

/** What is live in each stage, and how far the newest release is from the next one. */
export function ReadinessScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(WorkflowReadinessDocument, { id: workflow.id });
  return (
    <>
      <Section title="Live in each stage">
        <StageTrack stages={workflow.stages} workflowId={workflow.id} />
      </Section>
      <Loaded query={query}>
        {(data) =>
          data.workflow && (
            <>
              <NextThing workflow={workflow} />
              <NewerPrompts workflow={workflow} release={data.workflow.latestRelease} />
              <Columns workflow={workflow} state={data.workflow} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Columns({ workflow, state }: { workflow: WorkflowHeader; state: WorkflowReadiness }) {
  const { nextStage, nextReadiness, latestRelease } = state;
  return (
    <Box
      sx={{
        display: 'grid',
        alignItems: 'start',
        columnGap: 2,
        gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 340px' },
      }}
    >
      <Box sx={{ order: { xs: 2, lg: 1 }, minWidth: 0 }}>
        {nextReadiness && nextStage && latestRelease ? (
          <Section
            title={`Ready for ${nextStage.current.name}?`}
            intro={
              <>
                Release #{latestRelease.number} {latestRelease.alias}, checklist version{' '}
                {nextReadiness.checklistVersion}, stage revision {nextReadiness.stageRevision}, looked at{' '}
                <Age at={nextReadiness.evaluatedAt} />.
              </>
            }
            flush
          >
            <GateList gates={nextReadiness.gates} />
          </Section>
        ) : (
          <Section title="Readiness">
            <EmptyState
              action={
                !latestRelease &&
                workflow.viewerCanRelease && (
                  <LinkButton to={`/workflows/${workflow.id}/releases/new`}>Make a release</LinkButton>
                )
              }
            >
              {latestRelease
                ? 'The newest release has entered every stage. A new release starts the next round.'
                : 'Gates are judged for a release. There is none yet.'}
            </EmptyState>
          </Section>
        )}
      </Box>
      <Box sx={{ order: { xs: 1, lg: 2 }, minWidth: 0 }}>
        <PromotePanel workflow={workflow} state={state} />
        <OpenPromotions promotions={state.openPromotions} />
        {state.adoption && <AdoptionDebts adoption={state.adoption} />}
      </Box>
    </Box>
  );
}
