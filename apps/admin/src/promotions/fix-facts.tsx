import Typography from '@mui/material/Typography';
import { FixFactsDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { TextLink } from '../ui/text-link.js';
import type { PromotionData } from './promotion-page.js';

/** Of a fix: what it mends, and the case by which it was measured. Nothing for any other promotion. */
export function FixFacts({ promotion }: { promotion: PromotionData }) {
  const { incidentId, addedCase, workflow } = promotion;
  const found = useApi(
    FixFactsDocument,
    { incidentId: incidentId ?? '', workflowId: workflow.id },
    { enabled: incidentId !== null },
  ).data;
  const incident = found?.incident;
  const suite = found?.workflow?.evalSuites.find(({ id }) => id === addedCase?.suiteId);
  if (!incident || !addedCase) return null;
  return (
    <Typography variant="body2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
      Mends{' '}
      <TextLink to={`/workflows/${workflow.id}/incidents/${incident.id}`}>
        Incident #{incident.number} {incident.title}
      </TextLink>
      ; measured on the case <code>{addedCase.caseId}</code>
      {suite && (
        <>
          {' '}
          of <TextLink to={`/workflows/${workflow.id}/evals/suites/${suite.id}`}>{suite.name}</TextLink>
        </>
      )}
    </Typography>
  );
}
