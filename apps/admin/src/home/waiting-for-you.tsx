import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { HomeQuery } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';

type Item = NonNullable<HomeQuery['viewer']>['waitingForYou'][number];

const kinds: Record<string, [word: string, tone: Tone]> = {
  review: ['Review', 'lent'],
  approval_stale: ['Approval stale', 'warn'],
  execute: ['Ready to promote', 'good'],
  answer: ['Answer', 'wait'],
  waiver: ['Waiver', 'warn'],
  changes_requested: ['Changes requested', 'bad'],
  behind_live: ['Behind live', 'warn'],
  stage_approval: ['Stage change', 'lent'],
  break_glass_review: ['Break-glass', 'warn'],
  rollback_review: ['Rollback review', 'warn'],
};

export function WaitingForYou({ items }: { items: Item[] }) {
  return (
    <Section title="Waiting for you" aside={<Count of={items.length} />} flush>
      {items.length === 0 ? (
        <EmptyState action={<LinkButton to="/workflows">See the workflows</LinkButton>}>
          Nothing waits for you. Reviews, answers and promotions that are yours to act on come here.
        </EmptyState>
      ) : (
        <RowList>
          {items.map((item) => {
            const [word, tone] = kinds[item.kind] ?? [item.kind, 'plain'];
            return (
              <li key={item.link + item.kind}>
                <Box
                  sx={{
                    display: 'flex',
                    flexWrap: 'wrap',
                    alignItems: 'center',
                    columnGap: 1.25,
                    rowGap: 0.5,
                  }}
                >
                  <ToneChip tone={tone}>{word}</ToneChip>
                  <Box sx={{ flexGrow: 1, minWidth: 180 }}>
                    <TextLink to={item.link}>{item.title}</TextLink>
                  </Box>
                  {item.overdue && <ToneChip tone="bad">Overdue</ToneChip>}
                  <Typography variant="caption" color="textSecondary">
                    {item.dueAt ? (
                      <>
                        due <Age at={item.dueAt} />
                      </>
                    ) : (
                      <Age at={item.since} />
                    )}
                  </Typography>
                </Box>
                <Typography variant="body2" sx={{ mt: 0.5 }}>
                  {item.detail}
                </Typography>
                <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
                  {item.workflow.name} <code>{item.workflow.fullKey}</code>
                </Typography>
              </li>
            );
          })}
        </RowList>
      )}
    </Section>
  );
}

function Count({ of }: { of: number }) {
  return of > 0 ? <ToneChip tone="plain">{of}</ToneChip> : null;
}
