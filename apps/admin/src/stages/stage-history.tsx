import type { StageDefinition } from '@holdpoint/contract';
import Typography from '@mui/material/Typography';
import { StageHistoryDocument, type RevisionFragment } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { absoluteTime } from '../ui/time-words.js';
import { effectWords, opensWords } from './stage-effects.js';

/** What the stage served when, and how its definition came to be. */
export function StageHistorySections({ workflowId, stageKey }: { workflowId: string; stageKey: string }) {
  const query = useApi(StageHistoryDocument, { workflowId });
  return (
    <Loaded query={query}>
      {({ workflow }) => {
        const stage = workflow?.stages.find(({ key }) => key === stageKey);
        if (!stage) return null;
        return (
          <>
            <Section title="What was live" flush>
              {stage.history.nodes.length === 0 ? (
                <EmptyState>Nothing has been live here yet.</EmptyState>
              ) : (
                <RowList>
                  {stage.history.nodes.map((interval) => (
                    <li key={interval.id}>
                      <TextLink to={`/workflows/${workflowId}/releases/${interval.release.id}`}>
                        #{interval.release.number} {interval.release.alias}
                      </TextLink>
                      <Typography variant="body2" color="textSecondary">
                        {absoluteTime(interval.from)} to {interval.to ? absoluteTime(interval.to) : 'now'}, by{' '}
                        {interval.origin}{' '}
                        {interval.promotion && (
                          <TextLink to={`/promotions/${interval.promotion.id}`}>See the promotion</TextLink>
                        )}
                      </Typography>
                    </li>
                  ))}
                </RowList>
              )}
            </Section>
            <Section title="Revisions" flush>
              <RowList>
                {stage.revisions.map((revision, index) => (
                  <li key={revision.id}>
                    <Typography variant="body2">
                      Revision {revision.revision} {effectWords(revision.effect)}
                      {opens(revision, stage.revisions[index + 1])}
                      {revision.reason && `: ${revision.reason}`}
                    </Typography>
                    <Typography variant="caption" color="textSecondary">
                      {revision.createdBy.name}, <Age at={revision.createdAt} />
                      {revision.approval && `, approved by ${revision.approval.approvedBy.name}`}
                    </Typography>
                  </li>
                ))}
              </RowList>
            </Section>
          </>
        );
      }}
    </Loaded>
  );
}

/** @param before the revision that this one followed; they come newest first. */
function opens(revision: RevisionFragment, before: RevisionFragment | undefined): string {
  const words = opensWords(
    revision.definition as StageDefinition,
    before?.definition as StageDefinition | undefined,
  );
  return words ? `, and ${words}` : '';
}
