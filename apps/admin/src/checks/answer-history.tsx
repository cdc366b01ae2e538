import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { AnswerFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { dayOf } from '../ui/time-words.js';
import { answerWords } from './check-words.js';

interface Evidence {
  kind: string;
  value: string;
  dueAt?: string | null;
}

/** Every answer so far, newest first. The newest that is current speaks. */
export function AnswerHistory({ answers }: { answers: AnswerFragment[] }) {
  if (answers.length === 0) return null;
  return (
    <Section title="Answers" flush>
      <RowList>
        {answers.map((answer) => (
          <li key={answer.id}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
              <strong>{answerWords[answer.answer] ?? answer.answer}</strong>
              {answer.current ? (
                <ToneChip tone="good">Current</ToneChip>
              ) : (
                <ToneChip tone="warn">Stale or superseded</ToneChip>
              )}
              <Typography variant="body2" color="textSecondary">
                {answer.answeredBy.name}, <Age at={answer.createdAt} />
              </Typography>
            </Box>
            {answer.comment && <Typography variant="body2">{answer.comment}</Typography>}
            {((answer.evidence ?? []) as Evidence[]).map((item, index) => (
              <Typography key={index} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                {/^https?:\/\//.test(item.value) ? (
                  <TextLink to={item.value}>{item.value}</TextLink>
                ) : (
                  item.value
                )}
                {item.dueAt && `, due ${dayOf(item.dueAt)}`}
              </Typography>
            ))}
            <Typography variant="caption" color="textSecondary">
              About: {Object.keys(answer.bindings ?? {}).join(', ') || 'nothing that changes with a release'}
            </Typography>
          </li>
        ))}
      </RowList>
    </Section>
  );
}
