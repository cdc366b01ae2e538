/** What the command shows of a readiness. */
export interface ShownReadiness {
  complete: boolean;
  evaluatedAt: string;
  order: { ok: boolean; message: string | null };
  gates: { title: string; complete: boolean; checks: ShownCheck[] }[];
}

export interface ShownCheck {
  id: string;
  status: string;
  reason: string;
  requiredHere: boolean;
  warningOnly: boolean;
}

/** The GraphQL selection of the above. */
export const readinessFields = `complete evaluatedAt order { ok message }
  gates { title complete checks { id status reason requiredHere warningOnly } }`;

const settled = new Set(['pass', 'waived', 'not_applicable']);

/** Required checks that are not complete, as `EV-2 pending: no run of suite main counts`. */
export function openChecks(readiness: ShownReadiness): string[] {
  return readiness.gates
    .flatMap((gate) => gate.checks)
    .filter((check) => check.requiredHere && !check.warningOnly && !settled.has(check.status))
    .map(({ id, status, reason }) => `${id} ${status}: ${reason}`);
}

/** One line for each thing that stands in the way; empty when nothing does. */
export function standingInTheWay(readiness: ShownReadiness): string[] {
  const order = readiness.order.ok ? [] : [readiness.order.message ?? 'It is out of order'];
  return [...order, ...openChecks(readiness)];
}
