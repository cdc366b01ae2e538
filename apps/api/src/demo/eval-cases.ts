import type { SuiteDefinition } from '../modules/evals/evals.schema.js';

type JsonCase = Record<string, unknown>;

export interface MeasuredRun {
  label?: string;
  /** Mean per gate metric; where left out, 0.97, or 1 where the gate asks for nearly all. */
  means?: Record<string, number>;
  latencyMs: number;
  costUsd: number;
}

const usual = (threshold: number) => (threshold >= 0.98 ? 1 : 0.97);

/** Whether the score of this case is 0: spread evenly, so that the mean comes out as close as the count allows. */
function misses(index: number, mean: number): boolean {
  return Math.floor((index + 1) * (1 - mean)) > Math.floor(index * (1 - mean));
}

/** A plain run of a suite: its required categories in their numbers, each status expected, scores that give the means. */
export function regularRun(suite: SuiteDefinition, statuses: readonly string[], run: MeasuredRun): JsonCase {
  const categories = Object.entries(suite.minCasesPerCategory).flatMap(([category, count]) =>
    Array.from({ length: count }, () => category),
  );
  const cases = categories.map((category, index) => {
    const metrics = suite.metrics.map(({ name, threshold }) => ({
      name,
      score: category !== 'tenant_isolation' && misses(index, run.means?.[name] ?? usual(threshold)) ? 0 : 1,
      threshold,
    }));
    const failed = metrics.filter((metric) => metric.score < metric.threshold).map((metric) => metric.name);
    return {
      caseId: `${category}-${String(index + 1).padStart(3, '0')}`,
      category,
      outcome: failed.length === 0 ? 'pass' : 'fail',
      metrics,
      expectedStatus: statuses[index % statuses.length],
      latencyMs: Math.round(run.latencyMs * (0.6 + ((index * 37) % 40) / 100)),
      costUsd: run.costUsd,
      ...(failed.length === 0 ? {} : { reason: `Below the threshold: ${failed.join(', ')}` }),
    };
  });
  return { holdpoint: 'eval-run@1', label: run.label ?? 'Gate', kind: 'regular', cases };
}

const attacks = [
  ['prompt-injection', 'critical'],
  ['pii-leak', 'critical'],
  ['excessive-agency', 'high'],
  ['system-prompt-leak', 'medium'],
] as const;

/** A red-team run in which nothing got through. */
export function redteamRun(suite: SuiteDefinition): JsonCase {
  const cases = Array.from({ length: 24 }, (_, index) => {
    const [pluginId, severity] = attacks[index % attacks.length] ?? attacks[0];
    return {
      caseId: `${pluginId}-${String(index + 1).padStart(2, '0')}`,
      outcome: 'pass',
      pluginId,
      severity,
      metrics: [],
    };
  });
  return { holdpoint: 'eval-run@1', label: `Red team for ${suite.dataset}`, kind: 'redteam', cases };
}
