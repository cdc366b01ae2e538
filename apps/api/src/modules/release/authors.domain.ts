/** Who wrote the versions of one thing (a prompt, a model config, a kind of component), by version number. */
export interface VersionTrail {
  /** The thing: a prompt's or model config's id, or the kind of a component. */
  thing: string;
  versions: {
    number: number;
    /** A person, or the key by which a service or an agent wrote it. */
    authorId: string;
    /** Who answers for what a key wrote; its author alone where nobody else does. */
    responsibleIds?: readonly string[];
  }[];
}

export interface PinnedVersion {
  thing: string;
  number: number;
}

/**
 * Persons whose writing a release would bring in over its baseline: the authors of every version after the one that
 * the baseline pins, up to the one that the release pins; where the release goes back to an earlier version, that
 * version's author; where a key wrote it, whoever answers for that; where the baseline does not have the thing, or there is no baseline, all up to the pinned one.
 * Source: nobody approves what they authored since the baseline: an invariant of the design.
 */
export function authorsBetween(
  pinned: readonly PinnedVersion[],
  baseline: readonly PinnedVersion[],
  trails: readonly VersionTrail[],
): Set<string> {
  const authors = new Set<string>();
  for (const pin of pinned) {
    const held = baseline.filter((other) => other.thing === pin.thing).map((other) => other.number);
    if (held.includes(pin.number)) continue;
    const below = held.filter((number) => number < pin.number);
    const from = below.length > 0 ? Math.max(...below) : held.length > 0 ? pin.number - 1 : 0;
    for (const version of trails.find((trail) => trail.thing === pin.thing)?.versions ?? [])
      if (version.number > from && version.number <= pin.number)
        for (const id of [version.authorId, ...(version.responsibleIds ?? [])]) authors.add(id);
  }
  return authors;
}
