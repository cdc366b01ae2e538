import { Columns } from '../form/columns.js';
import { NumberInput } from '../form/number-input.js';

export function BudgetsFields() {
  return (
    <Columns>
      <NumberInput name="budgets.p95LatencyMs" label="Latency, 95th percentile (ms)" />
      <NumberInput name="budgets.costPerRequestUsd" label="Cost per request (USD)" />
      <NumberInput name="budgets.costPerSuccessUsd" label="Cost per success (USD)" />
      <NumberInput name="budgets.monthlyCostUsd" label="Cost per month (USD)" />
      <NumberInput name="budgets.timeoutRate" label="Share of timeouts (0 to 1)" />
      <NumberInput name="budgets.minSamples" label="Judged from (samples)" />
    </Columns>
  );
}
