import { wordOfStage } from '../workflows/stage-choices.js';
import { verdicts } from '../promotions/promotion-words.js';
import { wordOfRole } from '../teams/role-words.js';

interface Content {
  data: Record<string, unknown>;
  subject: { kind: string; id: string; digest: string | null };
  readiness?: string | null;
  reasonHash: string | null;
}

/** What an entry says of itself. */
export function contentOf(canonical: string): Content {
  return JSON.parse(canonical) as Content;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const verdictWords: Record<string, string> = Object.fromEntries(
  Object.entries(verdicts).map(([verdict, { done }]) => [verdict, done.toLowerCase()]),
);

/** What of an act's data tells it apart from others of its kind: the stage, the version, the verdict. */
export function detailOf(canonical: string): string {
  const { data } = contentOf(canonical);
  const stage = text(data['stageKey']);
  const verdict = text(data['verdict']);
  const role = text(data['role']);
  const parts = [
    stage && wordOfStage(stage),
    Array.isArray(data['stageKeys']) && data['stageKeys'].map((key) => wordOfStage(String(key))).join(', '),
    verdict && (verdictWords[verdict] ?? verdict),
    role && wordOfRole(role).toLowerCase(),
    text(data['checkId']),
    typeof data['number'] === 'number' && `#${String(data['number'])}`,
    text(data['alias']),
    typeof data['version'] === 'number' && `version ${String(data['version'])}`,
    typeof data['revision'] === 'number' && `revision ${String(data['revision'])}`,
    text(data['name']),
  ];
  return parts.filter(Boolean).join(', ');
}

/** Who did something, as a person reads it: a person, a key with who answers for it, or the registry itself. */
export function whoOf(entry: {
  actorKind: string;
  actor: { name: string } | null;
  actorKey: { name: string; prefix: string } | null;
  responsible: { name: string }[];
}): string {
  if (entry.actorKind === 'system') return 'Holdpoint';
  if (entry.actorKind === 'user') return entry.actor?.name ?? 'a person who is not known';
  const kind = entry.actorKind === 'agent' ? 'agent' : 'service';
  const key = entry.actorKey ? `${kind} ${entry.actorKey.name} (${entry.actorKey.prefix}…)` : `a ${kind}`;
  const names = entry.responsible.map(({ name }) => name).join(', ');
  return names ? `${key}, for ${names}` : key;
}
