import { autonomyModes, riskTiers, toolEffects } from '../workflow/risk.schema.js';
import { audienceWithin } from './audience.domain.js';
import type { StageDefinition } from './stage.schema.js';

/**
 * What a revision does against the one before. `mixed` both widens and takes a check away, and so asks for
 * both: a second person, and a promotion of the occupant. A narrowing inside a widening changes neither need.
 */
export const stageEffects = ['initial', 'narrows', 'widens', 'thins', 'neutral', 'mixed'] as const;
export type StageEffect = (typeof stageEffects)[number];

export interface DefinitionComparison {
  readonly effect: Exclude<StageEffect, 'initial'>;
  /** Dot paths into the definition, by what their change does. */
  readonly widens: readonly string[];
  readonly narrows: readonly string[];
  readonly thins: readonly string[];
}

type Direction = 'wider' | 'narrower' | 'same';

const whenMore = (before: number, after: number, more: Direction, less: Direction): Direction =>
  after > before ? more : after < before ? less : 'same';
const wideningWhenMore = (before: number, after: number) => whenMore(before, after, 'wider', 'narrower');
const wideningWhenLess = (before: number, after: number) => whenMore(before, after, 'narrower', 'wider');

function audienceDirection(before: StageDefinition, after: StageDefinition): Direction {
  if (!audienceWithin(after.audience, before.audience)) return 'wider';
  return audienceWithin(before.audience, after.audience) ? 'same' : 'narrower';
}

function directions(before: StageDefinition, after: StageDefinition): [string, Direction][] {
  const rank = <T>(order: readonly T[], value: T) => order.indexOf(value);
  return [
    ['audience', audienceDirection(before, after)],
    // Keys that are in pages then get what the stage serves, and everybody who has the page with them.
    ['public', wideningWhenMore(Number(before.public ?? false), Number(after.public ?? false))],
    ['maxExposurePercent', wideningWhenMore(before.maxExposurePercent, after.maxExposurePercent)],
    ['soak.hours', wideningWhenLess(before.soak.hours, after.soak.hours)],
    ['soak.replaceHours', wideningWhenLess(before.soak.replaceHours, after.soak.replaceHours)],
    ['soak.minRequests', wideningWhenLess(before.soak.minRequests, after.soak.minRequests)],
    ['soak.dailyReviews', wideningWhenLess(before.soak.dailyReviews, after.soak.dailyReviews)],
    ...riskTiers.map((tier): [string, Direction] => [
      `soak.reviewRate.${tier}`,
      wideningWhenLess(before.soak.reviewRate[tier], after.soak.reviewRate[tier]),
    ]),
    [
      'cap.autonomyMode',
      wideningWhenMore(
        rank(autonomyModes, before.cap.autonomyMode),
        rank(autonomyModes, after.cap.autonomyMode),
      ),
    ],
    [
      'cap.toolEffect',
      wideningWhenMore(rank(toolEffects, before.cap.toolEffect), rank(toolEffects, after.cap.toolEffect)),
    ],
  ];
}

const missingFrom = (all: readonly string[], some: readonly string[]) =>
  some.filter((id) => !all.includes(id));

/** Judged without the checklist, so that a check taken away is one whatever the tier. */
function checkChanges(before: StageDefinition, after: StageDefinition) {
  const dropped = missingFrom(after.checks.added, before.checks.added).map((id) => `checks.added.${id}`);
  const removed = missingFrom(before.checks.removed, after.checks.removed).map(
    (id) => `checks.removed.${id}`,
  );
  const added = missingFrom(before.checks.added, after.checks.added).map((id) => `checks.added.${id}`);
  const restored = missingFrom(after.checks.removed, before.checks.removed).map(
    (id) => `checks.removed.${id}`,
  );
  return { thins: [...dropped, ...removed], narrows: [...added, ...restored] };
}

/** What changing one definition into another does. Names, descriptions, the flag and expected traffic are neutral. */
export function compareDefinitions(before: StageDefinition, after: StageDefinition): DefinitionComparison {
  const changes = directions(before, after);
  const checks = checkChanges(before, after);
  const widens = changes.filter(([, to]) => to === 'wider').map(([path]) => path);
  const narrows = [...changes.filter(([, to]) => to === 'narrower').map(([path]) => path), ...checks.narrows];
  return { effect: effectOf(widens, narrows, checks.thins), widens, narrows, thins: checks.thins };
}

function effectOf(widens: readonly string[], narrows: readonly string[], thins: readonly string[]) {
  if (thins.length > 0) return widens.length > 0 ? 'mixed' : 'thins';
  if (widens.length > 0) return 'widens';
  return narrows.length > 0 ? 'narrows' : 'neutral';
}

/** A check is taken away only on a second person's word. */
export const needsSecondPerson = (effect: StageEffect) => effect === 'thins' || effect === 'mixed';

/** While a stage is occupied, widening it is a promotion of its occupant. */
export const needsWidenPromotion = (effect: StageEffect, occupied: boolean) =>
  occupied && (effect === 'widens' || effect === 'mixed');

/** What a stage asks: what the checklist asks there, with what this definition adds and takes away. */
export function checksAsked(fromChecklist: readonly string[], definition: StageDefinition): string[] {
  const asked = new Set([...fromChecklist, ...definition.checks.added]);
  for (const id of definition.checks.removed) asked.delete(id);
  return [...asked];
}
