import type { AppliedLever } from './standing.domain.js';

/** What an overlay comes to for whoever it is laid over: what ends the evaluation comes before what changes it. */
export function overlayKind(levers: readonly Pick<AppliedLever, 'kind'>[]): AppliedLever['kind'] {
  const order = ['disable', 'fallback', 'serve', 'disableTool'] as const;
  return order.find((kind) => levers.some((lever) => lever.kind === kind)) ?? 'disableTool';
}
