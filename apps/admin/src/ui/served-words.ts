import type { StageLiveFragment } from '../api/generated/documents.js';

type Served = StageLiveFragment['served'];

/** What everybody in a stage gets, where it is no release: "Falls back to people". Null: a release, or nothing is there. */
export function insteadWords({
  outcome,
  to,
  release,
}: Pick<Served, 'outcome' | 'to' | 'release'>): string | null {
  if (outcome === 'disabled') return 'Turned off';
  if (outcome === 'fallback') return to ? `Falls back to ${to}` : 'Falls back';
  return outcome === 'release' || !release ? null : 'Not served';
}

/** "#2 in Internal; falls back to people in Limited, General", the stages in their order; null: nothing in any. */
export function liveWords(stages: readonly StageLiveFragment[]): string | null {
  const groups = new Map<string, string[]>();
  for (const { served, current } of stages) {
    const words = insteadWords(served) ?? (served.release ? `#${String(served.release.number)}` : null);
    if (words !== null) groups.set(words, [...(groups.get(words) ?? []), current.name]);
  }
  const parts = [...groups].map(([words, names]) => `${words} in ${names.join(', ')}`);
  const text = parts.map((part, at) => (at === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)));
  return text.length === 0 ? null : text.join('; ');
}
