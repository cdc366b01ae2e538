import type { EvalRunPageQuery } from '../api/generated/documents.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { StatusChip } from '../ui/status-chip.js';
import { share } from './score.js';

type Category = NonNullable<EvalRunPageQuery['evalRun']>['categories'][number];

export function CategoryTable({ categories }: { categories: Category[] }) {
  if (categories.length === 0) return null;
  return (
    <Section title="Categories" flush>
      <PlainTable
        label="Categories"
        rows={categories}
        rowKey={(one) => one.category}
        columns={[
          { label: 'Category', cell: (one) => one.category.replaceAll('_', ' ') },
          { label: 'Cases', numeric: true, cell: (one) => one.cases },
          { label: 'Passed', numeric: true, cell: (one) => share(one.passed, one.cases) },
          { label: 'Required cases', numeric: true, cell: (one) => one.required ?? 'none' },
          {
            label: 'Enough',
            cell: (one) =>
              one.required !== null && <StatusChip status={one.cases >= one.required ? 'pass' : 'fail'} />,
          },
        ]}
      />
    </Section>
  );
}
