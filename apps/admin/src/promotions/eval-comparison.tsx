import { Fragment } from 'react';
import Box from '@mui/material/Box';
import type { PromotionPageQuery } from '../api/generated/documents.js';
import { thresholdWords } from '../evals/required-words.js';
import { score } from '../evals/score.js';
import { counted } from '../live/live-words.js';
import { EmptyState } from '../ui/empty-state.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { SmallPrint } from '../ui/small-print.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { PromotionData } from './promotion-page.js';

type Comparison = NonNullable<PromotionPageQuery['promotion']>['evalComparison'][number];

/** Candidate against what is live; regressions come first from the server, then what does not meet its gate. */
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
            { label: 'Metric', cell: name },
            { label: 'Verdict', cell: verdict },
            { label: 'Live', numeric: true, cell: (row) => score(row.baseline) },
            { label: 'Candidate', numeric: true, cell: candidate },
            { label: 'Change', numeric: true, cell: delta },
            { label: 'Required', cell: required },
          ]}
        />
      )}
    </Section>
  );
}

/** A long name breaks, after a low line if it can, before a column goes out of sight. */
function name(row: Comparison) {
  return (
    <Box component="span" sx={{ display: 'inline-block', minWidth: '12ch', overflowWrap: 'anywhere' }}>
      {row.metric.split('_').map((part, at) => (
        <Fragment key={`${String(at)} ${part}`}>
          {at > 0 && '_'}
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </Box>
  );
}

/** Against what is live, and below it why the gate is not met: a metric that got no worse may still fail. */
function verdict(row: Comparison) {
  if (row.candidate === null)
    return row.regression ? (
      <>
        <ToneChip tone="bad">Regression</ToneChip>
        <SmallPrint>no longer measured</SmallPrint>
      </>
    ) : (
      <ToneChip tone="wait">Not measured</ToneChip>
    );
  return (
    <>
      {row.regression ? (
        <ToneChip tone="bad">Regression</ToneChip>
      ) : row.whyNot !== null ? (
        <ToneChip tone="bad">Not met</ToneChip>
      ) : (
        againstLive(row)
      )}
      {row.whyNot !== null && <SmallPrint>{row.whyNot}</SmallPrint>}
    </>
  );
}

function againstLive({ delta, greaterIsBetter }: Comparison) {
  if (delta === null) return <ToneChip tone="plain">Nothing to compare</ToneChip>;
  if (delta === 0) return <ToneChip tone="good">Equal</ToneChip>;
  return <ToneChip tone="good">{delta > 0 === greaterIsBetter ? 'Better' : 'Within tolerance'}</ToneChip>;
}

function candidate(row: Comparison) {
  return (
    <>
      {score(row.candidate)}
      {row.candidate !== null && <SmallPrint>{counted(row.cases, 'case')}</SmallPrint>}
    </>
  );
}

function delta(row: Comparison) {
  if (row.delta === null) return null;
  return (
    <>
      {row.delta > 0 ? '+' : row.delta < 0 ? '−' : ''}
      {score(Math.abs(row.delta))}
      <SmallPrint>tolerance {score(row.tolerance ?? 0)}</SmallPrint>
    </>
  );
}

function required(row: Comparison) {
  return (
    <>
      {thresholdWords(row)}
      {row.minSamples > 1 && <SmallPrint>over {counted(row.minSamples, 'case')}</SmallPrint>}
    </>
  );
}
