import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { UnreviewedUseFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { TextLink } from '../ui/text-link.js';
import { useNow } from '../ui/use-now.js';
import { wordOfStage } from '../workflows/stage-choices.js';

interface Props {
  uses: UnreviewedUseFragment[];
  workflowId: string;
}

/** On every page of the workflow until a different person has looked: who passed what, and for which incident. */
export function BreakGlassBanner({ uses, workflowId }: Props) {
  const now = useNow();
  return uses.map((use) => {
    const overdue = new Date(use.reviewDueAt).getTime() <= now;
    return (
      <Alert key={use.id} severity={overdue ? 'error' : 'warning'} sx={{ mb: 2 }}>
        <Box sx={{ overflowWrap: 'anywhere' }}>
          {use.executedBy.name} brought #{use.release.number} {use.release.alias} into{' '}
          {wordOfStage(use.stageKey)} by break-glass <Age at={use.createdAt} />, past{' '}
          {use.checkIds.join(', ')}, for{' '}
          <TextLink to={`/workflows/${workflowId}/incidents/${use.incident.id}`}>
            incident #{use.incident.number} {use.incident.title}
          </TextLink>
          .{' '}
          {overdue ? (
            <>
              Its review was due <Age at={use.reviewDueAt} />: until then nothing here widens or climbs.
            </>
          ) : (
            <>
              A different person reviews it; due <Age at={use.reviewDueAt} />.
            </>
          )}{' '}
          <TextLink to={`/break-glass/${use.id}`}>{use.viewerCanReview ? 'Review it' : 'See it'}</TextLink>
        </Box>
      </Alert>
    );
  });
}
