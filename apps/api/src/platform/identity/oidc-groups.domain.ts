import type { MappedRole } from './roles.js';

/** `administrator`, `team:support:member`: as the configuration writes it. */
export function wordOfMapped(mapped: MappedRole): string {
  return 'organisation' in mapped ? mapped.organisation : `team:${mapped.team}:${mapped.role}`;
}

/** The roles that these groups give together, each once, in a stable order. */
export function rolesOfGroups(
  groups: readonly string[],
  table: Readonly<Record<string, readonly MappedRole[]>>,
): MappedRole[] {
  const found = new Map<string, MappedRole>();
  for (const group of groups) {
    if (!Object.hasOwn(table, group)) continue;
    for (const mapped of table[group] ?? []) found.set(wordOfMapped(mapped), mapped);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mapped]) => mapped);
}

/** What a provider sends as groups: a list, one text, or nothing it could mean. */
export function groupsOfClaim(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((group): group is string => typeof group === 'string') : [];
}

/** A role that a person holds, by whichever way. */
export type HeldRole = { id: string; source: string; mapped: MappedRole };

/**
 * What to add and which rows to end so that the roles given by the provider are these. A role given by hand is never
 * touched, nor given a second time.
 */
export function roleChanges(
  held: readonly HeldRole[],
  wanted: readonly MappedRole[],
): { add: MappedRole[]; end: HeldRole[] } {
  const has = new Set(held.map(({ mapped }) => wordOfMapped(mapped)));
  const wants = new Set(wanted.map(wordOfMapped));
  return {
    add: wanted.filter((mapped) => !has.has(wordOfMapped(mapped))),
    end: held.filter(({ source, mapped }) => source === 'oidc' && !wants.has(wordOfMapped(mapped))),
  };
}
