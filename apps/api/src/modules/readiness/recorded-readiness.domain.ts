import type { CheckResult, Readiness } from './readiness-result.domain.js';

const time = (text: unknown) => (typeof text === 'string' ? new Date(text) : null);

function checkOf(stored: CheckResult): CheckResult {
  const { evaluatedFrom, expiresAt, waiver } = stored;
  return {
    ...stored,
    evaluatedFrom: time(evaluatedFrom),
    expiresAt: time(expiresAt),
    waiver: waiver && { ...waiver, expiresAt: new Date(waiver.expiresAt) },
  };
}

/** A readiness from the bytes that were recorded of it: what was seen then, not what would be judged now. */
export function recordedReadiness(canonical: string): Readiness {
  const stored = JSON.parse(canonical) as Readiness;
  return {
    ...stored,
    evaluatedAt: new Date(stored.evaluatedAt),
    gates: stored.gates.map((gate) => ({ ...gate, checks: gate.checks.map(checkOf) })),
  };
}
