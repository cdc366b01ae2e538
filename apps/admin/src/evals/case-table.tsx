import { useState } from 'react';
import Box from '@mui/material/Box';
import { EvalCasesDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import type { Tone } from '../app/status-colours.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { PageTurner } from '../ui/page-turner.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import { score } from './score.js';

const size = 25;
const outcomes: Record<string, [word: string, tone: Tone]> = {
  pass: ['Pass', 'good'],
  fail: ['Fail', 'bad'],
  error: ['Error', 'broken'],
  skip: ['Skipped', 'plain'],
};
const outcomeChoices = Object.entries(outcomes).map(([value, [label]]) => ({ value, label }));

/** The cases of a run. What was asked and answered is not kept here, only what came of it. */
export function CaseTable({ runId, categories }: { runId: string; categories: string[] }) {
  const [page, setPage] = useState(1);
  const [outcome, setOutcome] = useState('');
  const [category, setCategory] = useState('');
  const filter = { outcome: outcome || null, category: category || null };
  const query = useApi(
    EvalCasesDocument,
    { id: runId, first: size, offset: (page - 1) * size, filter },
    { keepPrevious: true },
  );
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    setPage(1);
  };
  return (
    <Section title="Cases" flush>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, px: 2, pb: 1.5, maxWidth: 480 }}>
        <ChoiceFilter
          label="Outcome"
          value={outcome}
          choices={outcomeChoices}
          onChange={choose(setOutcome)}
        />
        <ChoiceFilter
          label="Category"
          value={category}
          choices={categories.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          onChange={choose(setCategory)}
        />
      </Box>
      <Loaded query={query}>
        {({ evalRun }) =>
          !evalRun || evalRun.caseList.totalCount === 0 ? (
            <EmptyState>No case matches.</EmptyState>
          ) : (
            <>
              <PlainTable
                label="Cases"
                rows={evalRun.caseList.nodes}
                rowKey={(one) => one.index}
                columns={[
                  { label: 'Case', cell: (one) => <code>{one.caseId}</code> },
                  { label: 'Outcome', cell: (one) => <Outcome value={one.outcome} /> },
                  { label: 'Score', numeric: true, cell: (one) => score(one.score) },
                  { label: 'Category', cell: (one) => one.category?.replaceAll('_', ' ') ?? '' },
                  {
                    label: 'Latency',
                    numeric: true,
                    cell: (one) => (one.latencyMs === null ? '' : `${one.latencyMs} ms`),
                  },
                  { label: 'Reason', cell: (one) => one.reason ?? '' },
                ]}
              />
              <PageTurner page={page} size={size} total={evalRun.caseList.totalCount} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Outcome({ value }: { value: string }) {
  const [word, tone] = outcomes[value] ?? [value, 'plain'];
  return <ToneChip tone={tone}>{word}</ToneChip>;
}
