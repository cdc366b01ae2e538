import type { EvalRunRowFragment } from '../api/generated/documents.js';
import { EmptyState } from '../ui/empty-state.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { SmallPrint } from '../ui/small-print.js';
import { StatusChip } from '../ui/status-chip.js';
import { ToneChip } from '../ui/tone-chip.js';
import { requiredWords } from './required-words.js';
import { score } from './score.js';

type Metric = EvalRunRowFragment['metrics'][number];

/** Gate metrics first; those that the suite does not gate on are for information. */
export function MetricTable({ metrics }: { metrics: Metric[] }) {
  const rows = [...metrics].sort((a, b) => Number(b.gate) - Number(a.gate));
  return (
    <Section title="Metrics" flush>
      {rows.length === 0 ? (
        <EmptyState>No case carried a metric.</EmptyState>
      ) : (
        <PlainTable
          label="Metrics"
          rows={rows}
          rowKey={(metric) => metric.name}
          columns={[
            { label: 'Metric', cell: (metric) => metric.name },
            { label: 'Mean', numeric: true, cell: (metric) => score(metric.mean) },
            { label: 'Required', cell: requiredWords },
            { label: 'Cases', numeric: true, cell: (metric) => metric.count },
            { label: 'Gate', cell: verdict },
          ]}
        />
      )}
    </Section>
  );
}

function verdict(metric: Metric) {
  if (!metric.gate) return <ToneChip tone="plain">For information</ToneChip>;
  return (
    <>
      <StatusChip
        status={metric.mean === null || metric.meets === null ? 'pending' : metric.meets ? 'pass' : 'fail'}
      />
      {metric.whyNot !== null && <SmallPrint>{metric.whyNot}</SmallPrint>}
    </>
  );
}
