import { useParams, useSearchParams } from 'react-router-dom';
import { ChecklistDocument, WorkflowCheckPageDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { CheckRow } from '../ui/check-row.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { AnswerForm } from './answer-form.js';
import { AnswerHistory } from './answer-history.js';
import { isAnswerable } from './check-words.js';
import { CheckAbout } from './check-about.js';
import { useStatusOfChecks } from './use-status-of-checks.js';
import { WaiverSection } from './waiver-section.js';

/** One check of one workflow: where it stands, the answer, waivers, and what was answered before. */
export function CheckScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { checkId = '' } = useParams();
  const releaseId = useSearchParams()[0].get('release') ?? workflow.latestRelease?.id ?? null;
  const status = useStatusOfChecks(workflow);
  const checklist = useApi(ChecklistDocument, {});
  const query = useApi(WorkflowCheckPageDocument, { workflowId: workflow.id, checkId });
  return (
    <Loaded query={checklist}>
      {({ checklist: { checks } }) => {
        const check = checks.find(({ id }) => id === checkId);
        if (!check) return <NotFound />;
        return (
          <Loaded query={query}>
            {(data) => {
              const result = status.results?.get(checkId);
              return (
                <>
                  <CheckAbout check={check} tier={workflow.riskTier} workflowId={workflow.id} />
                  {result && (
                    <Section title="Now" intro={`Of ${status.about ?? ''}.`} flush>
                      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
                        <CheckRow check={result} here />
                      </ul>
                    </Section>
                  )}
                  {isAnswerable(check, workflow.riskTier) && (
                    <AnswerForm check={check} workflowId={workflow.id} releaseId={releaseId} />
                  )}
                  {check.waivable && (
                    <WaiverSection check={check} workflowId={workflow.id} waivers={data.waivers} />
                  )}
                  <AnswerHistory answers={data.checkAnswers} />
                </>
              );
            }}
          </Loaded>
        );
      }}
    </Loaded>
  );
}
