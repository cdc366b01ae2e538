import type { StageDefinition } from '@holdpoint/contract';
import { autonomyChoices, toolEffectChoices } from '../contract/contract-words.js';
import type { Fact } from '../ui/facts.js';

const labelOf = (choices: { value: string; label: string }[], value: string) =>
  choices.find((choice) => choice.value === value)?.label ?? value;

/** A stage's definition in words. */
export function stageFacts(definition: StageDefinition): Fact[] {
  const { audience, soak, checks, cap } = definition;
  const rules = audience.rules.map(
    (rule) => `${rule.attribute} ${rule.operator.replace('_', ' ')} ${rule.values.join(', ')}`,
  );
  return [
    [
      'Audience',
      `${audience.description} (${audience.percentage} % by ${audience.bucketBy}${rules.length > 0 ? `, where ${rules.join(' and ')}` : ''})`,
    ],
    ['Exposure, at most', `${definition.maxExposurePercent} % of all traffic`],
    ['Switch', definition.flagKey],
    [
      'Soak',
      `${soak.hours} h and ${soak.minRequests} requests; ${soak.replaceHours} h for a replacement; ${soak.dailyReviews} days of daily review`,
    ],
    ['Expected traffic', `${definition.expectedRequestsPerDay} requests a day`],
    [
      'Caps',
      `${labelOf(autonomyChoices, cap.autonomyMode)}; tools: ${labelOf(toolEffectChoices, cap.toolEffect).toLowerCase()}`,
    ],
    checks.added.length > 0 && ['Asked earlier', checks.added.join(', ')],
    checks.removed.length > 0 && ['Taken away', checks.removed.join(', ')],
  ];
}
