import type {
  LeverInput,
  LeverKind,
  LeverPulledFragment,
  PreviewFactsFragment,
  RollbackPreviewInput,
  RollbackTriggerInput,
} from '../api/generated/documents.js';

/** What whoever rolls back has changed of what is proposed; null and '': left as proposed. */
export interface Plan {
  kind: LeverKind | null;
  /** fallback: search, templates or people */
  to: string;
  tool: string;
  /** revertRelease: another release than the last good one */
  releaseId: string;
  /** revertRelease: and turned off meanwhile */
  isOffMeanwhile: boolean;
  /** Null: every stage that serves what is left. */
  stageKeys: string[] | null;
  isWholeWorkflow: boolean;
  attribute: string;
  values: string;
}

export const asProposed: Plan = {
  ...{ kind: null, to: '', tool: '', releaseId: '', isOffMeanwhile: false },
  ...{ stageKeys: null, isWholeWorkflow: false, attribute: '', values: '' },
};

/** What the plan leaves open of what its lever needs; null when it says all. */
export function missingOf({ kind, to, tool, attribute, values }: Plan): string | null {
  if (kind === 'fallback' && to === '') return 'Choose what to fall back to.';
  if (kind === 'disableTool' && tool.trim() === '') return 'Name the tool.';
  if ((attribute.trim() === '') === (values.trim() === '')) return null;
  return 'Give an attribute with its values, or neither.';
}

export const isComplete = (plan: Plan): boolean => missingOf(plan) === null;

function segmentOf({ attribute, values }: Plan): unknown[] | null {
  if (attribute.trim() === '') return null;
  const list = values.split(',').map((value) => value.trim());
  return [{ attribute: attribute.trim(), operator: 'in', values: list.filter((value) => value !== '') }];
}

function leversOf({ kind, to, tool, releaseId, isOffMeanwhile }: Plan): LeverInput[] | null {
  switch (kind) {
    case null:
      return null;
    case 'fallback':
      return [{ kind, to }];
    case 'disableTool':
      return [{ kind, tool: tool.trim() }];
    case 'revertRelease':
      return [
        releaseId === '' ? { kind } : { kind, releaseId },
        ...(isOffMeanwhile ? [{ kind: 'disable' as const }] : []),
      ];
    default:
      return [{ kind }];
  }
}

export function previewInput(workflowId: string, plan: Plan): RollbackPreviewInput {
  return {
    workflowId,
    levers: leversOf(plan),
    scope: plan.isWholeWorkflow ? 'workflow' : 'stages',
    stageKeys: plan.isWholeWorkflow ? null : plan.stageKeys,
    segment: segmentOf(plan),
  };
}

const asInput = (lever: LeverPulledFragment): LeverInput =>
  Object.fromEntries(Object.entries(lever).filter(([, value]) => value !== null)) as unknown as LeverInput;

/** Exactly what the preview showed: its stages, its levers with their digests. */
export function triggerInput(
  workflowId: string,
  plan: Plan,
  preview: PreviewFactsFragment,
  reason: string,
): Omit<RollbackTriggerInput, 'idempotencyKey'> {
  const { scope, segment } = previewInput(workflowId, plan);
  return {
    ...{ workflowId, scope, segment, reason },
    stageKeys: scope === 'workflow' ? null : preview.stages.map(({ stageKey }) => stageKey),
    leaveReleaseId: preview.leavesReleaseId,
    levers: preview.levers.map(asInput),
  };
}
