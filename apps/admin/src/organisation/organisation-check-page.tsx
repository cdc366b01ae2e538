import { useParams } from 'react-router-dom';
import { ChecklistDocument, OrganisationCheckPageDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { AnswerForm } from '../checks/answer-form.js';
import { AnswerHistory } from '../checks/answer-history.js';
import { CheckAbout } from '../checks/check-about.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';

/** One check, answered for the whole organisation. */
export function OrganisationCheckPage() {
  const { checkId = '' } = useParams();
  const checklist = useApi(ChecklistDocument, {});
  const answers = useApi(OrganisationCheckPageDocument, { checkId });
  return (
    <Loaded query={checklist}>
      {({ checklist: { checks } }) => {
        const check = checks.find(({ id }) => id === checkId);
        if (!check) return <NotFound />;
        return (
          <Page
            title={`${check.id} for the organisation`}
            crumbs={[{ label: 'Organisation', to: '/organisation' }]}
          >
            <CheckAbout check={check} tier={null} workflowId={null} />
            <AnswerForm check={check} workflowId={null} releaseId={null} />
            <Loaded query={answers}>{(data) => <AnswerHistory answers={data.checkAnswers} />}</Loaded>
          </Page>
        );
      }}
    </Loaded>
  );
}
