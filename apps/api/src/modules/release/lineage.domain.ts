/** A release and what it came from. */
export interface LineageNode {
  id: string;
  parentId: string | null;
  /** For a derived release: the release it was derived from. */
  derivedFromId: string | null;
}

export type Lineage = ReadonlyMap<string, LineageNode>;

export interface OccupiedStage {
  key: string;
  position: number;
  /** The release effectively served there; null where none is. */
  occupantId: string | null;
}

export const lineageOf = (nodes: readonly LineageNode[]): Lineage =>
  new Map(nodes.map((node) => [node.id, node]));

/** Whether `release` is `ancestor` or was made from it, however many releases lie between. */
export function descendsFrom(lineage: Lineage, release: string, ancestor: string): boolean {
  const seen = new Set<string>();
  const open = [release];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === ancestor) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const node = lineage.get(id);
    if (node?.parentId) open.push(node.parentId);
    if (node?.derivedFromId) open.push(node.derivedFromId);
  }
  return false;
}

/** What stands behind a derived release, and behind that: the release that somebody made. */
function madeRelease(lineage: Lineage, id: string): string {
  const seen = new Set<string>();
  let at = id;
  for (
    let from = lineage.get(at)?.derivedFromId;
    from && !seen.has(from);
    from = lineage.get(at)?.derivedFromId
  ) {
    seen.add(from);
    at = from;
  }
  return at;
}

/**
 * Whether promoting `release` over `baseline` would lose what overtook it: it neither descends from the baseline nor,
 * where the baseline was derived by a rollback, from what that was derived from. Nothing live: never behind.
 */
export function isBehindLive(lineage: Lineage, release: string, baseline: string | null): boolean {
  if (baseline === null) return false;
  return (
    !descendsFrom(lineage, release, baseline) &&
    !descendsFrom(lineage, release, madeRelease(lineage, baseline))
  );
}

/** What to compare with: the occupant of the target stage, else of the nearest later occupied one, else nothing live. */
export function baselineOf(stages: readonly OccupiedStage[], targetKey: string): string | null {
  const target = stages.find((stage) => stage.key === targetKey);
  if (!target) return null;
  const candidates = stages
    .filter((stage) => stage.position >= target.position && stage.occupantId !== null)
    .sort((a, b) => a.position - b.position);
  return candidates[0]?.occupantId ?? null;
}
