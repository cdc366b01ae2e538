import { riskTiers, type RiskTier } from '../workflow/risk.schema.js';
import { checksAsked } from './stage.domain.js';
import type { StageDefinition } from './stage.schema.js';

export interface DefinitionProblem {
  readonly code: 'INVALID_INPUT' | 'STAGE_WITHOUT_CHECKS' | 'UNKNOWN_CHECK';
  readonly message: string;
  /** Path inside the definition. */
  readonly path: readonly string[];
}

export interface ChecklistForStage {
  readonly checkIds: readonly string[];
  /** Ids the checklist requires at this stage, by tier. */
  readonly required: Readonly<Record<RiskTier, readonly string[]>>;
}

/**
 * Why a definition cannot be a stage: it asks nothing at some tier, names checks that do not exist, or is
 * wider than its own cap. Judged for every tier, because a contract may raise the tier later.
 */
export function definitionProblems(
  definition: StageDefinition,
  checklist: ChecklistForStage,
): DefinitionProblem[] {
  return [
    ...emptyTiers(definition, checklist),
    ...unknownChecks(definition, checklist),
    ...exposure(definition),
  ];
}

function emptyTiers(definition: StageDefinition, checklist: ChecklistForStage): DefinitionProblem[] {
  const empty = riskTiers.filter((tier) => checksAsked(checklist.required[tier], definition).length === 0);
  if (empty.length === 0) return [];
  return [
    {
      code: 'STAGE_WITHOUT_CHECKS',
      message: `A stage must ask at least one check; at ${empty.join(' and ')} risk this one asks none`,
      path: ['checks', 'removed'],
    },
  ];
}

function unknownChecks(definition: StageDefinition, checklist: ChecklistForStage): DefinitionProblem[] {
  return (['added', 'removed'] as const).flatMap((list) =>
    definition.checks[list].flatMap((id, index) =>
      checklist.checkIds.includes(id)
        ? []
        : [
            {
              code: 'UNKNOWN_CHECK' as const,
              message: `The checklist has no check ${id}`,
              path: ['checks', list, String(index)],
            },
          ],
    ),
  );
}

/** A stage without rules reaches its percentage of everyone, so the percentage may not exceed the cap. */
function exposure({ audience, maxExposurePercent }: StageDefinition): DefinitionProblem[] {
  if (audience.rules.length > 0 || audience.percentage <= maxExposurePercent) return [];
  return [
    {
      code: 'INVALID_INPUT',
      message: `${audience.percentage} % of everyone is more than this stage's cap of ${maxExposurePercent} %`,
      path: ['audience', 'percentage'],
    },
  ];
}
