import type { Check } from '../checklist/checklist.schema.js';
import type { Facts } from './readiness.facts.js';

/** Null where the check applies; else why it asks nothing of this workflow. */
export function whyNotApplicable(
  { appliesWhen }: Pick<Check, 'appliesWhen'>,
  facts: Pick<Facts, 'core' | 'retrieval' | 'tools' | 'suites'>,
): string | null {
  const { layers, pattern } = facts.core.content;
  switch (appliesWhen.kind) {
    case 'always':
      return null;
    case 'layer': {
      const { layer } = appliesWhen;
      // What the release has, it has, whether the contract names it or not.
      const present =
        (layer === 'retrieval' && facts.retrieval !== null) || (layer === 'tools' && facts.tools !== null);
      return present || layers.some((one) => one.kind === layer) ? null : `The contract has no ${layer}`;
    }
    case 'pattern':
      return pattern === appliesWhen.pattern ? null : `The pattern is ${pattern}`;
    case 'modelGradedMetric': {
      const graded = facts.suites.some((suite) =>
        suite.definition.metrics.some((metric) => metric.modelGraded),
      );
      return graded ? null : 'No gate metric is scored by a model';
    }
  }
}
