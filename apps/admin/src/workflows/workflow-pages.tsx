import { Route, Routes, useParams } from 'react-router-dom';
import { WorkflowHeaderDocument, type WorkflowHeaderQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { BreakGlassBanner } from '../break-glass/break-glass-banner.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { RoleWarnings } from '../ui/role-warnings.js';
import { WorkflowHeading } from './workflow-heading.js';
import { WorkflowNavigation } from './workflow-navigation.js';
import * as tabs from './workflow-screens.js';

export type WorkflowHeader = NonNullable<WorkflowHeaderQuery['workflow']>;

/** Every screen about one workflow, under its name and what is live of it. */
export function WorkflowPages() {
  const { workflowId = '' } = useParams();
  const query = useApi(WorkflowHeaderDocument, { id: workflowId });
  return (
    <Loaded query={query}>
      {({ workflow }) =>
        workflow ? (
          <Page
            title={workflow.name}
            crumbs={[{ label: 'Workflows', to: '/workflows' }]}
            summary={<WorkflowHeading workflow={workflow} />}
          >
            <BreakGlassBanner uses={workflow.unreviewedBreakGlass} workflowId={workflow.id} />
            <WorkflowNavigation workflow={workflow} />
            <Routes>
              <Route
                index
                element={
                  <>
                    <RoleWarnings warnings={workflow.roleWarnings} />
                    <tabs.ReadinessScreen workflow={workflow} />
                  </>
                }
              />
              <Route path="live" element={<tabs.LiveScreen workflow={workflow} />} />
              <Route path="rollbacks/:rollbackId" element={<tabs.RollbackScreen workflow={workflow} />} />
              <Route path="retire" element={<tabs.RetireScreen workflow={workflow} />} />
              <Route path="contract" element={<tabs.ContractScreen workflow={workflow} />} />
              <Route path="operating" element={<tabs.OperatingScreen workflow={workflow} />} />
              <Route path="releases" element={<tabs.ReleasesScreen workflow={workflow} />} />
              <Route path="releases/new" element={<tabs.ReleaseNewScreen workflow={workflow} />} />
              <Route path="releases/:releaseId" element={<tabs.ReleaseScreen workflow={workflow} />} />
              <Route path="evals" element={<tabs.EvalsScreen workflow={workflow} />} />
              <Route path="evals/runs/:runId" element={<tabs.EvalRunScreen workflow={workflow} />} />
              <Route path="evals/suites/:suiteId" element={<tabs.SuiteScreen workflow={workflow} />} />
              <Route path="checks" element={<tabs.ChecksScreen workflow={workflow} />} />
              <Route path="checks/:checkId" element={<tabs.CheckScreen workflow={workflow} />} />
              <Route path="stages" element={<tabs.StagesScreen workflow={workflow} />} />
              <Route path="stages/:stageKey" element={<tabs.StageScreen workflow={workflow} />} />
              <Route path="incidents" element={<tabs.IncidentsScreen workflow={workflow} />} />
              <Route path="incidents/:incidentId" element={<tabs.IncidentScreen workflow={workflow} />} />
              <Route path="activity" element={<tabs.ActivityScreen workflow={workflow} />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Page>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}
