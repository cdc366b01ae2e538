import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { OnCallServingFragment, PreviewFactsFragment } from '../api/generated/documents.js';
import { ProblemList } from '../ui/problem-list.js';
import { counted, getsWords, hasWords, leverWords, share, upperFirst } from './live-words.js';
import { actWords, isRecommended, promptWords } from './preview-words.js';

interface Props {
  preview: PreviewFactsFragment;
  serving: readonly OnCallServingFragment[];
}

/** What a rollback would change, and what it would not. */
export function PreviewView({ preview, serving }: Props) {
  const { stages, recommendation, shareOfTraffic, instances } = preview;
  const nameOf = (key: string) => serving.find(({ stageKey }) => stageKey === key)?.name ?? key;
  const reach = [
    shareOfTraffic !== null && `${share(shareOfTraffic)} of requests`,
    instances !== null ? counted(instances, 'running instance') : 'no instance reports',
  ].filter(Boolean);
  return (
    <Box sx={{ display: 'grid', gap: 1.25 }}>
      <div>
        <Typography variant="body1" sx={{ fontWeight: 640 }}>
          {upperFirst(actWords(preview))}
        </Typography>
        {recommendation && (
          <Typography variant="body2" color="textSecondary">
            {isRecommended(preview)
              ? 'Recommended: '
              : `Recommended was to ${leverWords({ kind: recommendation.kind, to: recommendation.to })}: `}
            {recommendation.reason}
          </Typography>
        )}
      </div>
      <Box
        component="ul"
        aria-label="What changes"
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.25 }}
      >
        {stages.map((stage) => (
          <Box component="li" key={stage.stageKey} sx={{ fontSize: '0.9375rem', overflowWrap: 'anywhere' }}>
            {nameOf(stage.stageKey)}: {hasWords(stage)} → <strong>{getsWords(stage)}</strong>
          </Box>
        ))}
      </Box>
      <PromptList prompts={preview.prompts} />
      <Typography variant="body2">{upperFirst(reach.join(', '))}.</Typography>
      {preview.warnings.map(({ code, message }) => (
        <Alert key={code + message} severity="warning" sx={{ py: 0 }}>
          {message}
        </Alert>
      ))}
      <ProblemList problems={preview.blockers} />
      {preview.notRolledBack.length > 0 && (
        <div>
          <Typography variant="body2" sx={{ fontWeight: 640 }}>
            Will not roll back
          </Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: '0.875rem' }}>
            {preview.notRolledBack.map(({ what, why }) => (
              <li key={what}>
                {upperFirst(what)}: {why}
              </li>
            ))}
          </Box>
        </div>
      )}
    </Box>
  );
}

/** The texts that would be sent to the model instead, by step. */
function PromptList({ prompts }: Pick<PreviewFactsFragment, 'prompts'>) {
  if (prompts.length === 0) return null;
  return (
    <div>
      <Typography variant="body2" sx={{ fontWeight: 640 }}>
        Prompt versions
      </Typography>
      <Box
        component="ul"
        aria-label="Prompt versions that change"
        sx={{ m: 0, pl: 2.5, fontSize: '0.875rem', overflowWrap: 'anywhere' }}
      >
        {prompts.map((change) => {
          const { before, after } = promptWords(change);
          return (
            <li key={`${change.step} ${before}`}>
              {change.step}: {before} → <strong>{after}</strong>
            </li>
          );
        })}
      </Box>
    </div>
  );
}
