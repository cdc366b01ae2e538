/**
 * Which values of a JSON document an importer wants. Everything not named is read past and never kept,
 * which is how prompts, configuration and secrets in a file stay out of memory and out of the database.
 */
export type Selection =
  | { kind: 'whole' }
  | { kind: 'keys'; of: ReadonlyMap<string, Selection>; only: boolean }
  | { kind: 'list'; of: Selection }
  | { kind: 'pick'; name: string; of: Selection };

/** A value with everything in it. */
export const whole: Selection = { kind: 'whole' };

/** An object, of which only these keys. */
export const keys = (of: Record<string, Selection>): Selection => ({
  kind: 'keys',
  of: new Map(Object.entries(of)),
  only: false,
});

/** An object that has no other keys than these: a misspelt one is refused. */
export const onlyKeys = (of: Record<string, Selection>): Selection => ({
  kind: 'keys',
  of: new Map(Object.entries(of)),
  only: true,
});

/** Every item of an array. */
export const list = (of: Selection): Selection => ({ kind: 'list', of });

/** The value to hand over, under this name, as soon as it is complete. Not inside another pick. */
export const pick = (name: string, of: Selection = whole): Selection => ({ kind: 'pick', name, of });
