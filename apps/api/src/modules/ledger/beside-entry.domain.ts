import { hashReason, type LedgerContent } from '../../platform/ledger/ledger-entry.domain.js';

/** The columns that lists show and filter by; each repeats something of the canonical text. */
export interface ShownColumns {
  id: string;
  at: Date;
  act: string;
  actorId: string;
  actorKind: string;
  subjectKind: string;
  subjectId: string;
  requestId: string;
  prevHash: string;
  /** What is hashed. */
  canonical: string;
}

export interface ReasonBeside {
  salt: string;
  /** Null once erased. */
  text: string | null;
}

/**
 * What is wrong beside an entry whose canonical text is sound: a column that lists show and that says something else, or
 * a free-text reason that is not the one whose hash the entry holds. Null where all agrees; an erased reason is no fault.
 */
export function besideProblem(row: ShownColumns, reason: ReasonBeside | null): string | null {
  const content = JSON.parse(row.canonical) as LedgerContent;
  const said: Record<Exclude<keyof ShownColumns, 'canonical'>, string> = {
    id: content.id,
    at: content.at,
    act: content.act,
    actorId: content.actor.id,
    actorKind: content.actor.kind,
    subjectKind: content.subject.kind,
    subjectId: content.subject.id,
    requestId: content.requestId,
    prevHash: content.prevHash,
  };
  const shown = { ...row, at: row.at.toISOString() };
  for (const [column, value] of Object.entries(said) as [keyof typeof said, string][])
    if (shown[column] !== value) return `its column ${column} does not say what its bytes say`;
  if (content.reasonHash === null)
    return reason === null ? null : 'a reason lies beside it that it does not name';
  if (reason?.text == null) return reason === null ? 'the reason that it names is missing' : null;
  return hashReason(reason.salt, reason.text) === content.reasonHash
    ? null
    : 'the reason beside it was altered';
}
