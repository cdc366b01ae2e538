import type { CsvValue } from './csv.domain.js';

interface Who {
  id: string;
  /** Null for a service or an agent, and for the registry itself. */
  name: string | null;
}

interface EntryRef {
  id: string;
  act: string;
  seq: number;
  at: Date;
  hash: string;
}

/**
 * One pointer with what it stood on, as exports give it; or, without a release, a place that held none while something
 * lay over it. Times are ISO 8601 in UTC, digests in full.
 */
export interface LiveRecord {
  workflow: { id: string; key: string; name: string };
  /** Null: whoever is in no stage. */
  stage: string | null;
  /** Null: nothing was live there. */
  release: { id: string; number: number; alias: string; digest: string } | null;
  since: Date;
  until: Date | null;
  origin: string;
  promotion: { id: string; kind: string; requestedBy: Who } | null;
  adoptionId: string | null;
  reviews: { reviewer: Who; roles: string[]; digest: string; at: Date }[];
  readiness: {
    id: string;
    digest: string;
    evaluatedAt: Date;
    checklistVersion: number;
    incompleteChecks: number;
  } | null;
  definitions: { revision: number; digest: string; since: Date; until: Date | null; audience: unknown }[];
  /** What rollbacks and drills laid over it, the one that wins first. */
  overlays: {
    rollback: number;
    isDrill: boolean;
    segment: unknown;
    levers: { kind: string; to: string | null; tool: string | null; releaseId: string | null }[];
    since: Date;
    until: Date | null;
    endedBy: string | null;
    /** The act that laid it. */
    entry: EntryRef;
  }[];
  /** Null where nothing was live: then what lay there names its acts. */
  entry: (EntryRef & { actorKind: string; actor: Who; responsible: Who[] }) | null;
  endedBy: EntryRef | null;
}

const iso = (time: Date | null | undefined): string | null => time?.toISOString() ?? null;
const several = (parts: readonly string[]): string => parts.join('; ');
const named = ({ id, name }: Who): string => name ?? id;

/** `rollback 3: fallback to people from 2026-11-02T09:30:00.000Z until 2026-11-02T11:00:00.000Z for [...]` */
function overlayInWords({
  rollback,
  isDrill,
  segment,
  levers,
  since,
  until,
}: LiveRecord['overlays'][number]) {
  const what = levers.map(({ kind, to, tool, releaseId }) =>
    [kind, to ?? tool ?? releaseId].filter(Boolean).join(' '),
  );
  const forWhom = Array.isArray(segment) && segment.length > 0 ? ` for ${JSON.stringify(segment)}` : '';
  const end = until ? ` until ${until.toISOString()}` : '';
  const kind = isDrill ? 'drill' : 'rollback';
  return `${kind} ${String(rollback)}: ${what.join(' and ')} from ${since.toISOString()}${end}${forWhom}`;
}

type Column = readonly [name: string, value: (record: LiveRecord) => CsvValue];

const columns: readonly Column[] = [
  ['workflow', (r) => r.workflow.key],
  ['workflow_name', (r) => r.workflow.name],
  ['workflow_id', (r) => r.workflow.id],
  ['stage', (r) => r.stage],
  ['release', (r) => r.release?.number ?? null],
  ['release_alias', (r) => r.release?.alias ?? null],
  ['release_digest', (r) => r.release?.digest ?? null],
  ['live_since', (r) => iso(r.since)],
  ['live_until', (r) => iso(r.until)],
  ['origin', (r) => r.origin],
  ['executed_by', (r) => r.entry && named(r.entry.actor)],
  ['executed_by_id', (r) => r.entry?.actor.id ?? null],
  ['executed_by_kind', (r) => r.entry?.actorKind ?? null],
  ['responsible', (r) => several((r.entry?.responsible ?? []).map(named))],
  ['promotion_id', (r) => r.promotion?.id ?? null],
  ['promotion_kind', (r) => r.promotion?.kind ?? null],
  ['requested_by', (r) => (r.promotion ? named(r.promotion.requestedBy) : null)],
  ['adoption_id', (r) => r.adoptionId],
  [
    'approved_by',
    (r) => several(r.reviews.map(({ reviewer, roles }) => `${named(reviewer)} (${roles.join(', ')})`)),
  ],
  ['approved_digests', (r) => several(r.reviews.map((review) => review.digest))],
  ['approved_at', (r) => several(r.reviews.map((review) => review.at.toISOString()))],
  ['readiness_digest', (r) => r.readiness?.digest ?? null],
  ['readiness_evaluated_at', (r) => iso(r.readiness?.evaluatedAt)],
  ['checklist_version', (r) => r.readiness?.checklistVersion ?? null],
  ['incomplete_checks', (r) => r.readiness?.incompleteChecks ?? null],
  ['stage_revisions', (r) => several(r.definitions.map((one) => String(one.revision)))],
  ['stage_digests', (r) => several(r.definitions.map((one) => one.digest))],
  ['audience', (r) => several(r.definitions.map((one) => JSON.stringify(one.audience)))],
  ['overlays', (r) => several(r.overlays.map(overlayInWords))],
  ['ledger_seq', (r) => r.entry?.seq ?? null],
  ['ledger_entry_id', (r) => r.entry?.id ?? null],
  ['ledger_hash', (r) => r.entry?.hash ?? null],
  ['ended_by_act', (r) => r.endedBy?.act ?? null],
  ['ended_by_seq', (r) => r.endedBy?.seq ?? null],
  ['ended_by_entry_id', (r) => r.endedBy?.id ?? null],
  ['ended_by_hash', (r) => r.endedBy?.hash ?? null],
];

export const liveColumns = columns.map(([name]) => name);

export const liveCells = (record: LiveRecord): CsvValue[] => columns.map(([, value]) => value(record));
