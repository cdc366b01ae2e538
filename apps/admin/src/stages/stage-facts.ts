import type { StageDefinition } from '@holdpoint/contract';
import { autonomyChoices, toolEffectChoices } from '../contract/contract-words.js';
import { counted } from '../live/live-words.js';
import type { Fact } from '../ui/facts.js';

const labelOf = (choices: { value: string; label: string }[], value: string) =>
  choices.find((choice) => choice.value === value)?.label ?? value;

/** What a stage that is public shows to whom. */
const publicWords =
  'Yes: keys of pages are told which release it serves and by which outcome, and no prompt, model, tool, limit or schema';

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
      `${soak.hours} h and ${counted(soak.minRequests, 'request')}; ${soak.replaceHours} h for a replacement; ${counted(soak.dailyReviews, 'day')} of daily review`,
    ],
    ['Expected traffic', `${counted(definition.expectedRequestsPerDay, 'request')} a day`],
    [
      'Caps',
      `${labelOf(autonomyChoices, cap.autonomyMode)}; tools: ${labelOf(toolEffectChoices, cap.toolEffect).toLowerCase()}`,
    ],
    ['Open to pages', definition.public === true ? publicWords : 'No: keys of pages are told nothing of it'],
    checks.added.length > 0 && ['Asked earlier', checks.added.join(', ')],
    checks.removed.length > 0 && ['Taken away', checks.removed.join(', ')],
  ];
}
