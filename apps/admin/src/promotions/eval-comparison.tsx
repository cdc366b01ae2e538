import type { PromotionPageQuery } from '../api/generated/documents.js';
import { score } from '../evals/score.js';
import { EmptyState } from '../ui/empty-state.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { PromotionData } from './promotion-page.js';

type Comparison = NonNullable<PromotionPageQuery['promotion']>['evalComparison'][number];

/** Candidate against what is live; regressions come first from the server. */
export function EvalComparisonTable({ promotion }: { promotion: PromotionData }) {
  return (
    <Section id="evals" title="Evals against what is live" flush>
      {promotion.evalComparison.length === 0 ? (
        <EmptyState>No metric has been measured for this release.</EmptyState>
      ) : (
        <PlainTable
          label="Evals against what is live"
          rows={promotion.evalComparison}
          rowKey={(row) => row.metric}
          columns={[
            { label: 'Metric', cell: (row) => row.metric },
            { label: 'Verdict', cell: verdict },
            { label: 'Live', numeric: true, cell: (row) => score(row.baseline) },
            { label: 'Candidate', numeric: true, cell: (row) => score(row.candidate) },
            { label: 'Change', numeric: true, cell: delta },
            { label: 'Required', numeric: true, cell: required },
            { label: 'Tolerance', numeric: true, cell: (row) => score(row.tolerance ?? 0) },
          ]}
        />
      )}
    </Section>
  );
}

function verdict(row: Comparison) {
  if (row.regression) return <ToneChip tone="bad">Regression</ToneChip>;
  if (row.candidate === null) return <ToneChip tone="wait">Not measured</ToneChip>;
  if (row.baseline === null) return <ToneChip tone="plain">Nothing to compare</ToneChip>;
  return <ToneChip tone="good">{row.delta === 0 ? 'Equal' : 'Within tolerance'}</ToneChip>;
}

function delta(row: Comparison): string {
  if (row.delta === null) return '';
  return `${row.delta > 0 ? '+' : row.delta < 0 ? '−' : ''}${score(Math.abs(row.delta))}`;
}

function required(row: Comparison): string {
  return row.threshold === null
    ? 'no threshold'
    : `${row.greaterIsBetter ? 'at least' : 'at most'} ${score(row.threshold)}`;
}
