import type { StageDefinition } from '@holdpoint/contract';

const effects: Record<string, string> = {
  initial: 'defines the stage',
  narrows: 'narrows the stage',
  widens: 'widens the stage',
  thins: 'takes checks away',
  neutral: 'leaves who gets what, and the checks, as they are',
};

/** What a revision does against the one before it. */
export function effectWords(effect: string): string {
  return effects[effect] ?? effect;
}

/** Whether a revision opens the stage to keys of pages or closes it to them; null where it leaves that as it was. */
export function opensWords(definition: StageDefinition, before: StageDefinition | undefined): string | null {
  const [is, was] = [definition.public === true, before?.public === true];
  if (is === was) return null;
  return is ? 'opens it to keys of pages' : 'closes it to keys of pages';
}
