import type { CheckRowFragment, ReadinessPanelFragment } from '../api/generated/documents.js';

const complete = new Set(['pass', 'waived', 'not_applicable']);

/** The checks that keep a readiness from being complete, in gate order. */
export function incompleteChecks(readiness: ReadinessPanelFragment): CheckRowFragment[] {
  return readiness.gates.flatMap((gate) =>
    gate.checks.filter((check) => check.requiredHere && !check.warningOnly && !complete.has(check.status)),
  );
}
