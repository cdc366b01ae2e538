import type {
  LeverInput,
  LeverKind,
  LeverPulledFragment,
  OnCallStateFragment,
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
  /** pinModel: id of the model config version */
  model: string;
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
  ...{ kind: null, to: '', tool: '', model: '', releaseId: '', isOffMeanwhile: false },
  ...{ stageKeys: null, isWholeWorkflow: false, attribute: '', values: '' },
};

/** Another lever, told what is usual: what the contract falls back to, the model that ran last, the only tool. */
export function withLever(
  levers: OnCallStateFragment['levers'],
  kind: LeverKind,
): Pick<Plan, 'kind' | 'to' | 'tool' | 'model'> {
  const choices = levers.find((lever) => lever.kind === kind)?.choices ?? [];
  const usual = choices[0]?.value ?? '';
  return {
    kind,
    to: kind === 'fallback' ? usual : '',
    tool: kind === 'disableTool' && choices.length === 1 ? usual : '',
    model: kind === 'pinModel' ? usual : '',
  };
}

/** What is still to be said of the plan, as a sentence; null: nothing. */
export function missingOf(plan: Plan): string | null {
  const { kind, to, tool, model, stageKeys, isWholeWorkflow, attribute } = plan;
  if (kind === 'fallback' && to === '') return 'Choose what to fall back to.';
  if (kind === 'disableTool' && tool === '') return 'Choose the tool to turn off.';
  if (kind === 'pinModel' && model === '') return 'Choose the model to pin.';
  if (!isWholeWorkflow && stageKeys?.length === 0) return 'Choose at least one stage.';
  if (attribute.trim() === '' && plan.values.trim() !== '') return 'Say which attribute has these values.';
  if (attribute.trim() !== '' && valuesOf(plan).length === 0)
    return `Say which values of ${attribute.trim()}.`;
  return null;
}

const valuesOf = ({ values }: Plan) =>
  values
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

function segmentOf(plan: Plan): unknown[] | null {
  const attribute = plan.attribute.trim();
  return attribute === '' ? null : [{ attribute, operator: 'in', values: valuesOf(plan) }];
}

function leversOf({ kind, to, tool, model, releaseId, isOffMeanwhile }: Plan): LeverInput[] | null {
  switch (kind) {
    case null:
      return null;
    case 'fallback':
      return [{ kind, to }];
    case 'disableTool':
      return [{ kind, tool }];
    case 'pinModel':
      return [{ kind, modelConfigVersionId: model }];
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
